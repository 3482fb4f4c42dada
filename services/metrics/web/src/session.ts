/** Who is signed in, and signing in and out, as the service knows it. */
import type { Session } from "./model";

const ADDRESS = "/v1/session";
const UNAUTHORIZED = 401;
/** Any of these lets its bearer see the live picture. */
const SEEING_SCOPES = ["view", "supervise", "admin"];
const EDITING_SCOPES = ["supervise", "admin"];

/** The session of this browser; null when nobody is signed in. Throws when that cannot be learned. */
export async function currentSession(): Promise<Session | null> {
  const response = await fetch(ADDRESS);
  if (response.status === UNAUTHORIZED) return null;
  if (!response.ok) throw new Error(`${ADDRESS} answered ${response.status}`);
  return (await response.json()) as Session;
}

export function maySeeLive(session: Session): boolean {
  return session.scopes.some((scope) => SEEING_SCOPES.includes(scope));
}

/** Who may see numbers without positions; the scopes of a session name all that they imply. */
export function maySeeFigures(session: Session): boolean {
  return session.scopes.includes("figures");
}

/** An officer, who sees their own duties. */
export function maySeeOwn(session: Session): boolean {
  return session.scopes.includes("own");
}

/** Whether they may change hot spots and plans. */
export function mayEdit(session: Session): boolean {
  return session.scopes.some((scope) => EDITING_SCOPES.includes(scope));
}

/** Ends the session; reloading then forgets everything that was shown. */
export async function signOut(): Promise<void> {
  const response = await fetch(ADDRESS, { method: "DELETE" });
  if (!response.ok) throw new Error(`${ADDRESS} answered ${response.status}`);
  location.reload();
}

/** What became of a try to sign in. */
export type SigningIn = "done" | "wrong token" | "failed";

/** Signs this browser in with a token. */
export async function signIn(token: string): Promise<SigningIn> {
  try {
    const response = await fetch(ADDRESS, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });
    if (response.ok) return "done";
    return response.status === UNAUTHORIZED ? "wrong token" : "failed";
  } catch {
    return "failed";
  }
}
