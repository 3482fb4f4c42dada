/** Where the time of a stretch went: inside hot spots, outside, unknown, or not counted yet. Pure. */
import type { Minutes, Seconds, Timesheet, Visit } from "../model";
import type { Span } from "../span";
import { overlap, spanOf } from "../span";

/** Sheets are told once a minute, so the newest time is in none of them yet. */
const TOLD_WITHIN_MS = 120_000;

export type Kind = "inside" | "outside" | "unknown" | "ahead";

/** A part of a stretch; `hotspotIds` are those that the unit was inside of. */
export interface Part extends Span {
  kind: Kind;
  hotspotIds: string[];
}

/** Minutes of a stretch; only those inside hot spots depend on how well a position is known. */
export interface Totals {
  inside: Minutes;
  outside: number;
  unknown: number;
  /** Whether all of it is final. */
  settled: boolean;
}

/** Until when the time of a stretch is counted. */
export function countedUntil(stretch: Span, sheets: readonly Timesheet[], now: number): number {
  const reached = Math.max(stretch.from, ...sheets.map(({ to }) => Date.parse(to)));
  const ended = Math.max(stretch.from, Math.min(stretch.to, Math.max(now, reached)));
  return sheets.length > 0 && ended - reached < TOLD_WITHIN_MS ? reached : ended;
}

/**
 * Cuts a stretch into what is told of it, without a hole: what no sheet accounts for is unknown,
 * and what is unknown is so within a visit too. `visits` are those to cores.
 */
export function partsOf(
  stretch: Span,
  visits: readonly Visit[],
  sheets: readonly Timesheet[],
  until: number,
): Part[] {
  const stays = visits.map((visit) => ({ id: visit.hotspot_id, ...stayOf(visit, until) }));
  const counted = sheets.map(spanOf);
  const unknown = sheets.flatMap((sheet) => sheet.unknown.map(spanOf));
  const kindAt = (at: number): Omit<Part, "from" | "to"> => {
    const nowhere = { hotspotIds: [] };
    if (at >= until) return { kind: "ahead", ...nowhere };
    if (!counted.some(holds(at)) || unknown.some(holds(at))) return { kind: "unknown", ...nowhere };
    const inside = stays.filter(holds(at)).map(({ id }) => id);
    if (inside.length === 0) return { kind: "outside", ...nowhere };
    return { kind: "inside", hotspotIds: [...new Set(inside)].sort() };
  };
  const edges = [...stays, ...counted, ...unknown].flatMap(({ from, to }) => [from, to]);
  const cuts = [stretch.from, ...edges, until, stretch.to]
    .filter((at) => at >= stretch.from && at <= stretch.to)
    .sort((a, b) => a - b);
  const parts: Part[] = [];
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to === undefined || to === from) continue;
    const part = { from, to, ...kindAt(from) };
    const last = parts.at(-1);
    if (last !== undefined && isAlike(last, part)) last.to = to;
    else parts.push(part);
  }
  return parts;
}

/** What a stretch comes to by its sheets; what none of them accounts for is unknown. */
export function totalsOf(stretch: Span, sheets: readonly Timesheet[], until: number): Totals {
  const sum = (of: (sheet: Timesheet) => number) => sheets.reduce((all, each) => all + of(each), 0);
  const cores = (which: keyof Seconds) => (sheet: Timesheet) =>
    Object.values(sheet.hotspots).reduce((all, { core }) => all + core[which], 0);
  const elapsed = (until - stretch.from) / 1000;
  const inside = sum((sheet) => sheet.inside_seconds);
  const outside = sum((sheet) => sheet.outside_seconds);
  return {
    // Where hot spots overlap their bounds count time twice; it is never more than there was.
    inside: {
      low: Math.min(inside, sum(cores("low"))) / 60,
      estimate: inside / 60,
      high: Math.max(inside, Math.min(inside + outside, sum(cores("high")))) / 60,
    },
    outside: outside / 60,
    unknown: Math.max(0, elapsed - inside - outside) / 60,
    settled: until === stretch.to && sheets.length > 0 && sheets.every(({ settled }) => settled),
  };
}

/** From when to when a visit lasted, as far as is known. */
export function stayOf({ entered_at, left_at }: Visit, until: number): Span {
  return { from: Date.parse(entered_at), to: left_at === null ? until : Date.parse(left_at) };
}

/** The visits that meet a stretch and were not taken back, in the order in which they began. */
export function visitsIn(stretch: Span, visits: readonly Visit[]): Visit[] {
  const met = visits.filter(
    (visit) => visit.state !== "retracted" && overlap(stretch, stayOf(visit, stretch.to)) !== null,
  );
  return met.sort((a, b) => Date.parse(a.entered_at) - Date.parse(b.entered_at));
}

/** Full hours at which an axis is labelled: at most `most` of them. */
export function hoursOf({ from, to }: Span, most: number): number[] {
  const hour = 3_600_000;
  const step = [1, 2, 3, 4, 6, 12, 24].find((hours) => (to - from) / (hours * hour) <= most) ?? 48;
  const hours: number[] = [];
  for (let at = Math.ceil(from / (step * hour)) * step * hour; at <= to; at += step * hour) {
    hours.push(at);
  }
  return hours;
}

const holds = (at: number) => (stretch: Span) => stretch.from <= at && at < stretch.to;

function isAlike(a: Part, b: Part): boolean {
  return a.kind === b.kind && a.hotspotIds.join("/") === b.hotspotIds.join("/");
}
