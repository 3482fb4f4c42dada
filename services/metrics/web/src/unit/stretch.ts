/** Stretches of time, in epoch milliseconds, and which one of a radio's is looked at. Pure. */
import type { Duty } from "../model";

const HOUR_MS = 3_600_000;
/** What is shown of a radio that is on nobody's duty. */
const WITHOUT_DUTY_MS = 8 * HOUR_MS;

export interface Stretch {
  from: number;
  to: number;
}

/** What a page shows: a stretch, and the duty that it is, if it is one. */
export interface Shift extends Stretch {
  duty: Duty | null;
}

/** The part of `b` that lies in `a`; null where they do not meet. */
export function overlap(a: Stretch, b: Stretch): Stretch | null {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? { from, to } : null;
}

export function stretchOf({ from, to }: { from: string; to: string }): Stretch {
  return { from: Date.parse(from), to: Date.parse(to) };
}

/** A stretch as the service is asked for it, and as a page's address says it. */
export function asQuery({ from, to }: Stretch): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The address of the page that shows a stretch of a radio's time. */
export function addressOf(radioId: string, stretch: Stretch): string {
  const asked = new URLSearchParams(asQuery(stretch)).toString();
  return `/units/${encodeURIComponent(radioId)}?${asked}`;
}

/** The stretch that an address asks for; null where it asks for none that makes sense. */
export function fromQuery(query: { from?: string; to?: string }): Stretch | null {
  const stretch = stretchOf({ from: query.from ?? "", to: query.to ?? "" });
  return stretch.from < stretch.to ? stretch : null;
}

/** The duties that have begun, the latest first. */
export function begun(duties: readonly Duty[], now: number): Duty[] {
  const latestFirst = [...duties].sort((a, b) => Date.parse(b.from) - Date.parse(a.from));
  return latestFirst.filter((duty) => Date.parse(duty.from) <= now);
}

/**
 * What to show: what was asked for, else the current or the last duty, else the last eight hours.
 *
 * Time is accounted for by the hour and the duty, so what is no duty is widened to whole hours.
 */
export function shiftOf(asked: Stretch | null, duties: readonly Duty[], now: number): Shift {
  const last = begun(duties, now)[0];
  if (asked === null && last !== undefined) return { ...stretchOf(last), duty: last };
  const duty = duties.find((each) => isSame(stretchOf(each), asked)) ?? null;
  if (asked !== null && duty !== null) return { ...asked, duty };
  const { from, to } = asked ?? { from: now - WITHOUT_DUTY_MS, to: now };
  return {
    from: Math.floor(from / HOUR_MS) * HOUR_MS,
    to: Math.ceil(to / HOUR_MS) * HOUR_MS,
    duty: null,
  };
}

function isSame(a: Stretch, b: Stretch | null): boolean {
  return a.from === b?.from && a.to === b.to;
}
