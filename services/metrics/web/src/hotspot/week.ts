/** The seven days that are shown together. Pure. */

import { daysOn } from "../days";
import type { Visit } from "../model";
import type { Span } from "../span";

const DAY_MS = 86_400_000;

/**
 * Seven days with a given one among them: the last seven, or seven that lie a multiple of seven days
 * before. So going from day to day rarely moves the others.
 */
export function sevenDaysWith(date: string, today: string): string[] {
  const ago = Math.round((Date.parse(today) - Date.parse(date)) / DAY_MS);
  const last = daysOn(today, -7 * Math.floor(ago / 7));
  return Array.from({ length: 7 }, (_, at) => daysOn(last, at - 6));
}

/** The visits that began in a stretch of time. */
export function begunIn({ from, to }: Span, visits: readonly Visit[]): Visit[] {
  return visits.filter(({ entered_at }) => {
    const at = Date.parse(entered_at);
    return from <= at && at < to;
  });
}
