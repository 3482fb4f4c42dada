/**
 * A track: where a radio was, cut where nobody knows. Pure.
 *
 * 1. A fix is one measured position. A radio that is heard without a new one repeats its last: the
 *    repeats say nothing of where it was, so each fix counts once.
 * 2. Between two fixes lies a gap where more than three intervals passed, three minutes at the
 *    least, or where the radio was declared silent. By then nothing had come for three intervals,
 *    while the times at which a silence begins and ends are those of fixes, give or take the way.
 * 3. Through a gap there is no path and no position.
 */
import type { Ring, Signal, TrackPoint } from "../model";

const MISSED_INTERVALS = 3;
const SHORTEST_GAP_MS = 180_000;
/** What is expected of a radio of which nothing else is known. */
const USUAL_INTERVAL_S = 60;

/** One measured position; `at` in epoch milliseconds. */
export interface Fix {
  at: number;
  lat: number;
  lon: number;
  accuracy_m: number | null;
  status: string | null;
  hotspots: { hotspot_id: string; ring: Ring }[];
}

/** Nobody knows where the radio was between these two. */
export interface Gap {
  before: Fix;
  after: Fix;
}

/** Fixes in the order of time; a gap lies between each stretch and the next. */
export interface Track {
  stretches: Fix[][];
  gaps: Gap[];
}

/** The fixes that points of the log tell, in the order in which they were made. */
export function fixesOf(points: readonly TrackPoint[]): Fix[] {
  const fixes = new Map<number, Fix>();
  for (const { lat, lon, fix_time, heard_at, accuracy_m, status, hotspots } of points) {
    if (lat === null || lon === null) continue;
    const at = Date.parse(fix_time ?? heard_at);
    if (!fixes.has(at)) fixes.set(at, { at, lat, lon, accuracy_m, status, hotspots });
  }
  return [...fixes.values()].sort((a, b) => a.at - b.at);
}

/** Cuts at every gap. `fixes` are in order, `silences` the episodes of this radio. */
export function cut(
  fixes: readonly Fix[],
  silences: readonly Signal[],
  intervalS: number | null,
): Track {
  const longest = Math.max(
    SHORTEST_GAP_MS,
    MISSED_INTERVALS * 1000 * (intervalS ?? USUAL_INTERVAL_S),
  );
  const declared = silences.map(({ declared_at }) => Date.parse(declared_at));
  const track: Track = { stretches: [], gaps: [] };
  let before: Fix | undefined;
  for (const fix of fixes) {
    const since = before?.at ?? Number.NEGATIVE_INFINITY;
    const known = fix.at - since <= longest && !declared.some((at) => since < at && at < fix.at);
    if (known) track.stretches.at(-1)?.push(fix);
    else track.stretches.push([fix]);
    if (before !== undefined && !known) track.gaps.push({ before, after: fix });
    before = fix;
  }
  return track;
}

/** The last fix up to a moment, and the gap that the moment lies in; null before the first fix. */
export function positionAt(track: Track, at: number): { fix: Fix; gap: Gap | null } | null {
  const stretch = track.stretches.findLast(([first]) => first !== undefined && first.at <= at);
  const fix = stretch?.findLast((each) => each.at <= at);
  if (fix === undefined) return null;
  return {
    fix,
    gap:
      track.gaps.find(({ before, after }) => before === fix && at < after.at && at > before.at) ??
      null,
  };
}
