/** A force's days: local to its time zone, and perhaps begun at another hour than midnight. Pure. */
import type { Span } from "./span";
import { instantOf, localOf } from "./zone";

/** One of the 24 hours of a day by the clock on the wall. */
export interface Hour {
  /** `06:00` */
  begins: string;
  /** None where the clocks go forward, two where they go back. */
  spans: Span[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export class ForceDays {
  readonly #timeZone: string;
  readonly #starts: string;

  /** `timeZone` is an IANA name, `starts` a time of day such as `06:00`. */
  constructor(timeZone: string, starts: string) {
    this.#timeZone = timeZone;
    this.#starts = starts;
  }

  /** When a day, such as `2026-06-01`, starts. */
  startOf(date: string): number {
    return instantOf(`${date}T${this.#starts}`, this.#timeZone) ?? Number.NaN;
  }

  /** From a day's start to the next day's. */
  span(date: string): Span {
    return { from: this.startOf(date), to: this.startOf(daysOn(date, 1)) };
  }

  /** The day that a moment belongs to. */
  dayOf(at: number): string {
    const date = this.#wallClock(at).slice(0, 10);
    return at >= this.startOf(date) ? date : daysOn(date, -1);
  }

  /** A day's hours in order; a time that comes twice is in one hour, one that is skipped in none. */
  hours(date: string): Hour[] {
    const { from, to } = this.span(date);
    const found = Array.from(
      { length: 24 },
      (_, at): Hour => ({
        begins: new Date(Date.parse(`${date}T${this.#starts}:00Z`) + at * HOUR_MS)
          .toISOString()
          .slice(11, 16),
        spans: [],
      }),
    );
    for (let at = from; at < to; at += HOUR_MS) {
      const begins = this.#wallClock(at).slice(11, 16);
      const until = Math.min(at + HOUR_MS, to);
      found.find((hour) => hour.begins === begins)?.spans.push({ from: at, to: until });
    }
    return found;
  }

  /** `2026-06-01T06:00` */
  #wallClock(at: number): string {
    return localOf(at, this.#timeZone);
  }
}

/** The date so many days after another. */
export function daysOn(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether this is a date that there is, as it is written in an address. */
export function isDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(at) && daysOn(date, 0) === date;
}
