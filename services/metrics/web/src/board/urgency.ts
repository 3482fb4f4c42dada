/**
 * Which hot spots need somebody first. Pure.
 *
 * 1. `now`: it is behind or has missed a window, and a window that lacks patrols is open; first the
 *    one with the least time for each patrol that it lacks.
 * 2. `lagging`: behind, missed, not known, patrolled on a no-patrol day, or four days without a
 *    patrol; first the one whose last patrol is longest ago.
 * 3. `on its way`: on track; first the one whose window ends first.
 * 4. `done`: what was due is met.
 * 5. `nothing due`.
 */
import type { Compliance, DayStatus, PlannedWindow } from "../model";

const URGENCIES = ["now", "lagging", "on its way", "done", "nothing due"] as const;
export type Urgency = (typeof URGENCIES)[number];

/** From so many days without a patrol on, a hot spot is left alone too long. */
const LONG_DAYS = 4;
const LAGGING: ReadonlySet<DayStatus> = new Set(["behind", "missed", "not_known", "contaminated"]);

/** A hot spot's place among the others; of one urgency the smaller weight comes first. */
export interface Pressing {
  id: string;
  urgency: Urgency;
  weight: number;
}

/** The window that is open and still lacks patrols; of two the one that ends first. */
export function openWindow(day: Compliance): PlannedWindow | undefined {
  return firstToEnd(day, "open");
}

/** The next window that has not begun. */
export function windowAhead(day: Compliance): PlannedWindow | undefined {
  return firstToEnd(day, "ahead");
}

/** `now` in epoch milliseconds; `day` is undefined where nothing was told of it yet. */
export function pressing(id: string, day: Compliance | undefined, now: number): Pressing {
  if (day === undefined || day.status === "not_planned") {
    return { id, urgency: "nothing due", weight: 0 };
  }
  if (day.status === "met") return { id, urgency: "done", weight: 0 };
  const open = openWindow(day);
  if (open !== undefined && (day.status === "behind" || day.status === "missed")) {
    const lacking = Math.max(1, open.planned - open.delivered);
    return { id, urgency: "now", weight: (Date.parse(open.to) - now) / lacking };
  }
  const days = day.days_since_last_patrol ?? Number.POSITIVE_INFINITY;
  if (LAGGING.has(day.status) || days >= LONG_DAYS) {
    return { id, urgency: "lagging", weight: -days };
  }
  const next = open ?? windowAhead(day);
  const end = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.to);
  return { id, urgency: "on its way", weight: end };
}

/** The most pressing first; those that press alike stay as they came. */
export function byUrgency(all: readonly Pressing[]): Pressing[] {
  return all.toSorted(
    (a, b) =>
      URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) ||
      // Both may be infinite, and what is the same has no difference then.
      (a.weight === b.weight ? 0 : a.weight - b.weight),
  );
}

function firstToEnd(day: Compliance, status: PlannedWindow["status"]): PlannedWindow | undefined {
  return day.windows
    .filter((window) => window.status === status)
    .toSorted((a, b) => Date.parse(a.to) - Date.parse(b.to))[0];
}
