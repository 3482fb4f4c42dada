/** Stretches of time, in epoch milliseconds, and which one of a radio's is looked at. Pure. */
import type { Duty } from "../model";
import type { Span } from "../span";
import { asQuery, spanOf } from "../span";

const HOUR_MS = 3_600_000;
/** What is shown of a radio that is on nobody's duty. */
const WITHOUT_DUTY_MS = 8 * HOUR_MS;

/** What a page shows: a stretch, and the duty that it is, if it is one. */
export interface Shift extends Span {
  duty: Duty | null;
}

/** The address of the page that shows a stretch of a radio's time. */
export function addressOf(radioId: string, stretch: Span): string {
  const asked = new URLSearchParams(asQuery(stretch)).toString();
  return `/units/${encodeURIComponent(radioId)}?${asked}`;
}

/** The stretch that an address asks for; null where it asks for none that makes sense. */
export function fromQuery(query: { from?: string; to?: string }): Span | null {
  const stretch = spanOf({ from: query.from ?? "", to: query.to ?? "" });
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
export function shiftOf(asked: Span | null, duties: readonly Duty[], now: number): Shift {
  const last = begun(duties, now)[0];
  if (asked === null && last !== undefined) return { ...spanOf(last), duty: last };
  const duty = duties.find((each) => isSame(spanOf(each), asked)) ?? null;
  if (asked !== null && duty !== null) return { ...asked, duty };
  const { from, to } = asked ?? { from: now - WITHOUT_DUTY_MS, to: now };
  return {
    from: Math.floor(from / HOUR_MS) * HOUR_MS,
    to: Math.ceil(to / HOUR_MS) * HOUR_MS,
    duty: null,
  };
}

function isSame(a: Span, b: Span | null): boolean {
  return a.from === b?.from && a.to === b.to;
}
