/** The seven days that are shown together. Pure. */
import { daysOn } from "../days";

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
