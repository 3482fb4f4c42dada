/** What the page of a hot spot asks the service for. */
import { get, list } from "../api";
import type { ForceDays } from "../days";
import { daysOn } from "../days";
import type { Compliance, Duty, Timesheet, Visit } from "../model";
import type { Span } from "../span";
import { asQuery, spanOf } from "../span";
import type { Explanation } from "./explained";

/** A visit that began this long before a stretch may still go on in it. */
const EARLIER_MS = 12 * 3_600_000;
/** A duty lasts this long at most. */
const LONGEST_DUTY_MS = 24 * 3_600_000;
/** Duties and timesheets are at hand of today and so many days before. */
const DAYS_AT_HAND = 7;

/** Seven days of a hot spot: the visits to both rings, and how each day stands. */
export interface Week {
  visits: Visit[];
  days: Compliance[];
}

/** One day of it: how each figure comes about, and who was on duty. */
export interface Day {
  explanation: Explanation;
  duties: Duty[];
}

/**
 * Seven days. Where they were told `before`, only visits of the last two days are asked for again:
 * those of earlier days no longer come in while somebody watches.
 */
export async function weekOf(
  hotspotId: string,
  dates: readonly string[],
  days: ForceDays,
  before: Week | null,
): Promise<Week> {
  const [first, last] = [dates[0] ?? "", dates.at(-1) ?? ""];
  const again = before === null ? first : daysOn(last, -1);
  const since = days.startOf(again) - EARLIER_MS;
  const until = days.span(daysOn(last, 1)).to;
  const [visits, told] = await Promise.all([
    list<Visit>("/v1/visits", { hotspot_id: hotspotId, ...asQuery({ from: since, to: until }) }),
    list<Compliance>("/v1/compliance", { hotspot_id: hotspotId, from: first, to: last }),
  ]);
  const kept = before?.visits.filter(({ entered_at }) => Date.parse(entered_at) < since) ?? [];
  return { visits: [...kept, ...visits], days: told };
}

/** Where the visits that began in these days are as a spreadsheet. */
export function spreadsheetOf(
  hotspotId: string,
  dates: readonly string[],
  days: ForceDays,
): string {
  const [first, last] = [dates[0] ?? "", dates.at(-1) ?? ""];
  const stretch = asQuery({ from: days.startOf(first), to: days.span(last).to });
  const query = new URLSearchParams({ hotspot_id: hotspotId, ...stretch, format: "csv" });
  return `/v1/visits?${query}`;
}

export async function dayOf(
  hotspotId: string,
  date: string,
  today: string,
  days: ForceDays,
): Promise<Day> {
  const { from, to } = days.span(date);
  const onDuty = atHand({ from: from - LONGEST_DUTY_MS, to }, today, days);
  const [explanation, duties] = await Promise.all([
    get<Explanation>(`/v1/compliance/${encodeURIComponent(hotspotId)}/${date}`),
    onDuty === null ? [] : list<Duty>("/v1/duties", asQuery(onDuty)),
  ]);
  return { explanation, duties };
}

/** When nothing was known of each of these radios; of long ago that is not told. */
export async function unknownOf(
  radioIds: readonly string[],
  stretch: Span,
  today: string,
  days: ForceDays,
): Promise<Map<string, Span[]>> {
  const told = atHand(stretch, today, days);
  if (told === null) return new Map();
  const sheets = await Promise.all(
    radioIds.map((radio_id) => list<Timesheet>("/v1/timesheets", { radio_id, ...asQuery(told) })),
  );
  const unknown = (of: readonly Timesheet[]) => of.flatMap((sheet) => sheet.unknown.map(spanOf));
  return new Map(radioIds.map((radioId, at) => [radioId, unknown(sheets[at] ?? [])]));
}

/** What of a stretch duties and timesheets may be asked for; null where that is nothing. */
function atHand({ from, to }: Span, today: string, days: ForceDays): Span | null {
  const first = days.startOf(daysOn(today, -DAYS_AT_HAND));
  return to <= first ? null : { from: Math.max(from, first), to };
}
