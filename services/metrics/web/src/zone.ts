/** Times of day in a time zone as fields for date and time hold them, `2026-06-01T22:05`. Pure. */

const DAY_MS = 86_400_000;
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** What the clocks of a zone (an IANA name) show at an instant in epoch milliseconds. */
export function localOf(ms: number, timeZone: string): string {
  return clockOf(timeZone).format(ms).replace(" ", "T");
}

/**
 * The instant at which they show that; null where it is no time. Of the hour that comes twice in
 * autumn the first is meant; a time in the hour that is skipped in spring is that long after it.
 */
export function instantOf(local: string, timeZone: string): number | null {
  const asUtc = LOCAL.test(local) ? Date.parse(`${local}Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  const before = asUtc - offsetAt(asUtc - DAY_MS, timeZone);
  const after = asUtc - offsetAt(asUtc + DAY_MS, timeZone);
  const shown = [before, after].filter((ms) => localOf(ms, timeZone) === local);
  return shown.length === 0 ? before : Math.min(...shown);
}

/** Making one takes longer than a thousand readings. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    // Swedes write dates as ISO 8601 does.
    clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
    clocks.set(timeZone, clock);
  }
  return clock;
}

function offsetAt(ms: number, timeZone: string): number {
  const whole = ms - (ms % 60_000);
  return Date.parse(`${localOf(whole, timeZone)}Z`) - whole;
}
