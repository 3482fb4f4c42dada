/** Who is signed in, and signing in and out. */
import { byId, write } from "./dom";
import type { Session } from "./model";
import { text } from "./text";

const ADDRESS = "/v1/session";
const UNAUTHORIZED = 401;
/** Any of these lets its bearer see the live picture. */
const SEEING_SCOPES = ["view", "supervise", "admin"];

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

/** Ends the session; reloading then forgets everything that was shown. */
export async function signOut(): Promise<void> {
  const response = await fetch(ADDRESS, { method: "DELETE" });
  if (!response.ok) throw new Error(`${ADDRESS} answered ${response.status}`);
  location.reload();
}

/** Shows the sign-in form, with `problem` if there is one, until a token was accepted. */
export function signIn(problem: string): Promise<void> {
  const view = byId("sign-in", HTMLElement);
  const form = byId("sign-in-form", HTMLFormElement);
  const token = byId("token", HTMLInputElement);
  const alert = byId("sign-in-problem", HTMLElement);
  view.hidden = false;
  write(alert, problem);
  token.focus();
  return new Promise((resolve) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      const refusal = await refused(token.value);
      write(alert, refusal ?? "");
      if (refusal !== null) return;
      token.value = "";
      view.hidden = true;
      resolve();
    };
  });
}

/** Why the token was not accepted; null when it was. */
async function refused(token: string): Promise<string | null> {
  try {
    const response = await fetch(ADDRESS, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });
    if (response.ok) return null;
    return response.status === UNAUTHORIZED ? text.wrongToken : text.signInFailed;
  } catch {
    return text.signInFailed;
  }
}
