/**
 * Start here.
 *
 * 1. Ask who is signed in, again and again while the service cannot be reached.
 * 2. Nobody, or somebody who may not see the picture: show the sign-in form, then 1.
 * 3. Show the board and keep the stream open. If the stream is refused, ask 1 again: a session that
 *    ended reloads the page, which forgets what it showed.
 */
import "./style.css";
import { byId, write } from "./dom";
import { fillPage } from "./markup";
import type { Session } from "./model";
import { Page } from "./page";
import { currentSession, maySeeLive, signIn, signOut } from "./session";
import { Stream } from "./stream";
import { text } from "./text";

const TRY_AGAIN_MS = 3000;

async function session(): Promise<Session> {
  const starting = byId("starting", HTMLElement);
  for (;;) {
    try {
      const current = await currentSession();
      starting.hidden = true;
      if (current !== null && maySeeLive(current)) return current;
      await signIn(current === null ? "" : text.mayNotSee(current.name));
    } catch {
      starting.hidden = false;
      write(starting, text.unreachable);
      await new Promise((resolve) => window.setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}

async function main(): Promise<void> {
  fillPage(document);
  const current = await session();
  byId("signed-in", HTMLElement).hidden = false;
  byId("board", HTMLElement).hidden = false;
  write(byId("who", HTMLElement), current.name);
  const page = new Page(current);
  const stream = new Stream(
    (event) => page.hear(event),
    async () => {
      // Where even this cannot be learned, the service is away: the stream is tried again.
      const ended = (await currentSession().catch(() => undefined)) === null;
      if (ended) location.reload();
    },
  );
  const leave = byId("sign-out", HTMLButtonElement);
  leave.addEventListener("click", () => signOut().catch(() => write(leave, text.signOutFailed)));
  stream.open();
}

void main();
