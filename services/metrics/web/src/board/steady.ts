/**
 * An order that people can read while it changes. Pure.
 *
 * 1. While it is held (somebody is in the list) nothing moves: what is new comes last.
 * 2. It is made anew at once when something becomes more or less urgent, comes or goes.
 * 3. Else, where only the time left differs, every ten seconds at most.
 */
import type { Pressing, Urgency } from "./urgency";
import { byUrgency } from "./urgency";

const REST_MS = 10_000;

export interface Order {
  ids: readonly string[];
  /** Whether another order would be right, but it is held. */
  held: boolean;
  urgencies: ReadonlyMap<string, Urgency>;
  /** When it was made, in epoch milliseconds. */
  madeAt: number;
}

/** The order to show next. `all` in the order of their names, `before` is what was shown. */
export function steady(
  before: Order | null,
  all: readonly Pressing[],
  now: number,
  held: boolean,
): Order {
  if (before === null) return made(all, now);
  if (held) return kept(before, all);
  // A clock that was set back must not stop it.
  const rested = Math.abs(now - before.madeAt) >= REST_MS;
  return rested || !pressAlike(before, all) ? made(all, now) : before;
}

function made(all: readonly Pressing[], now: number): Order {
  return {
    ids: byUrgency(all).map(({ id }) => id),
    held: false,
    urgencies: new Map(all.map(({ id, urgency }) => [id, urgency])),
    madeAt: now,
  };
}

function kept(before: Order, all: readonly Pressing[]): Order {
  const there = new Set(all.map(({ id }) => id));
  const known = before.ids.filter((id) => there.has(id));
  const shown = new Set(known);
  const ids = [...known, ...all.filter(({ id }) => !shown.has(id)).map(({ id }) => id)];
  const right = byUrgency(all);
  return { ...before, ids, held: ids.some((id, index) => right[index]?.id !== id) };
}

function pressAlike({ ids, urgencies }: Order, all: readonly Pressing[]): boolean {
  return ids.length === all.length && all.every(({ id, urgency }) => urgencies.get(id) === urgency);
}
