/** What the page of a unit asks the service for. */
import { list } from "../api";
import type { Duty, Session, Signal, Timesheet, TrackPoint, Visit } from "../model";
import { maySeeLive } from "../session";
import type { Span } from "../span";
import { asQuery } from "../span";

const WHY = "Stepsix-Why";
export const FEWEST_LETTERS = 3;
export const MOST_LETTERS = 200;

/** A visit that began this long before a stretch may still go on in it. */
const EARLIER_MS = 12 * 3_600_000;

/** All that is told of a stretch of a radio's time, but where it was. */
export interface Account {
  visits: Visit[];
  sheets: Timesheet[];
  signals: Signal[];
}

export function dutiesOf(radioId: string): Promise<Duty[]> {
  return list<Duty>("/v1/duties", { radio_id: radioId });
}

/**
 * The account of a stretch. An officer may ask for what lies within their duty, and for nothing
 * else; others also see what began before, and what was of a whole source or the service.
 */
export async function accountOf(
  session: Session,
  radioId: string,
  stretch: Span,
): Promise<Account> {
  const within = { radio_id: radioId, ...asQuery(stretch) };
  const { to } = within;
  const all = maySeeLive(session);
  const earlier = asQuery({ from: stretch.from - EARLIER_MS, to: stretch.to });
  const signals = all
    ? [
        { radio_id: radioId, to },
        { cause: "source", to },
        { cause: "pipeline", to },
      ]
    : [within];
  const [visits, sheets, ...silences] = await Promise.all([
    list<Visit>("/v1/visits", all ? { ...within, ...earlier } : within),
    list<Timesheet>("/v1/timesheets", within),
    ...signals.map((query) => list<Signal>("/v1/signals", query)),
  ]);
  return { visits, sheets, signals: silences.flat() };
}

/**
 * Where a radio was in a stretch. Each look is recorded, with `why`; of their own officers are not
 * asked why (null).
 */
export function lookAtTrack(
  radioId: string,
  stretch: Span,
  why: string | null,
): Promise<TrackPoint[]> {
  // A header holds ASCII alone, and an address would stand in the logs of whatever lies between.
  const headers = why === null ? {} : { [WHY]: encodeURIComponent(why) };
  return list<TrackPoint>(
    `/v1/units/${encodeURIComponent(radioId)}/track`,
    asQuery(stretch),
    headers,
  );
}
