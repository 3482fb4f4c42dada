/** Figures and times as a sergeant reads them. Pure. */
import type { Minutes } from "./model";

/** An estimate and its range, in whole minutes; the range is never narrower than it was. */
export interface Figure {
  estimate: string;
  /** Absent where nothing at all was recorded. */
  range: string | null;
}

export function figure(minutes: Minutes): Figure {
  if (minutes.high <= 0) return { estimate: "0", range: null };
  const estimate =
    minutes.estimate > 0 && minutes.estimate < 1 ? "<1" : String(Math.round(minutes.estimate));
  return { estimate, range: `${Math.floor(minutes.low)}–${Math.ceil(minutes.high)}` };
}

/** The length of a common axis for all ranges: the next round number of minutes. */
export function axisFor(longest: number): number {
  const steps = [15, 30, 60, 90, 120, 180, 240, 360, 480, 720];
  return steps.find((step) => longest <= step) ?? 1440;
}

/** How long ago, as short as it can be said: `8 s`, `3 min`, `2 h`, `4 d`. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** How long something lasted: `45 s`, `4 min`, `1 h 05 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** A stretch of time to plan by, in whole minutes that are sure to be left: `35 min`, `2 h 5 min`. */
export function stretch(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** Times of day and dates in the force's time zone, from epoch milliseconds. */
export class LocalTimes {
  readonly #clock: Intl.DateTimeFormat;
  readonly #minute: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;

  /** `timeZone` is an IANA name. */
  constructor(timeZone: string) {
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", ...options });
    this.#clock = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
    this.#minute = format({ hour: "2-digit", minute: "2-digit" });
    this.#day = format({ weekday: "short", day: "numeric", month: "short" });
    this.#date = format({ day: "numeric", month: "short", year: "numeric" });
  }

  /** `14:03:22` */
  clock(ms: number): string {
    return this.#clock.format(ms);
  }

  /** `14:03` */
  minute(ms: number): string {
    return this.#minute.format(ms);
  }

  /** `Mon 1 Jun` */
  day(ms: number): string {
    return this.#day.format(ms).replace(",", "");
  }
  /** `1 Jun 2026` */
  date(ms: number): string {
    return this.#date.format(ms);
  }
}
