/** What every part of a signed-in page shares: who watches, the live picture, and local times and days. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { ForceDays } from "./days";
import { LocalTimes } from "./format";
import { Live } from "./live/live";
import type { Session } from "./model";

export interface Watch {
  session: Session;
  live: Live;
  times: LocalTimes;
  days: ForceDays;
}

export const WatchContext = createContext<Watch | null>(null);

/** A watch that begins: nothing is followed yet. */
export function beginWatch(session: Session): Watch {
  const live = new Live();
  live.simulated.value = session.simulated;
  return {
    session,
    live,
    times: new LocalTimes(session.timezone),
    days: new ForceDays(session.timezone, session.day_starts),
  };
}

/** The watch that a component is part of. */
export function useWatch(): Watch {
  const watch = useContext(WatchContext);
  if (watch === null) throw new Error("outside of a watch");
  return watch;
}
