/**
 * Time spent somewhere as three sets: for sure, as estimated, and at most. Pure.
 *
 * This is how the service counts (services/metrics/compliance): half of what the low bound lacks is
 * taken off at each end of a visit, half of what the high bound adds is put on at each; police
 * minutes count when on patrol, and also where no status is known. So radios that were there together
 * are united without counting time twice, and what is drawn is what is counted.
 */

import type { Minutes, Visit } from "../model";
import type { Span } from "../span";
import type { Spans } from "./spans";
import { common, EVER, lengthOf, trimmed, union, widened, without } from "./spans";

export interface Presence {
  low: Spans;
  estimate: Spans;
  high: Spans;
}

/** What is no patrol, and no police minutes. */
export const OTHER_WORK: ReadonlySet<string> = new Set([
  "en_route",
  "at_scene",
  "committed",
  "escort",
  "court",
  "at_station",
  "refreshments",
]);

const MINUTE_MS = 60_000;

/** From entering to leaving, or to the last fix. */
export function stayOf(visit: Visit): Span {
  const from = Date.parse(visit.entered_at);
  const inside = Math.round((visit.seconds + visit.unknown_seconds) * 1000);
  return { from, to: visit.left_at === null ? from + inside : Date.parse(visit.left_at) };
}

/**
 * The time of a visit, whatever was done in it, given the unknown time of its radio. Where that does
 * not say where the visit's unknown time lies, it is taken to be the last of it.
 */
export function presenceOf(visit: Visit, unknown: Spans = []): Presence {
  const stay = stayOf(visit);
  const whole = union([stay]);
  const counted = Math.round(visit.seconds * 1000);
  let known = without(whole, unknown);
  if (lengthOf(known) !== counted) known = trimmed(whole, 0, lengthOf(whole) - counted);
  const lacking = Math.max(0, lengthOf(known) - visit.seconds_low * 1000);
  const adding = Math.max(0, visit.seconds_high * 1000 - lengthOf(known));
  return {
    low: trimmed(known, lacking / 2, lacking / 2),
    estimate: known,
    high: widened(known.length > 0 ? known : [{ ...stay, to: stay.from }], adding / 2, adding / 2),
  };
}

/** The time of a visit that counts, and that of other work. */
export function countedAndOther(visit: Visit, unknown: Spans = []): [Presence, Presence] {
  const presence = presenceOf(visit, unknown);
  const busy = otherWork(visit);
  return [outside(presence, busy), inside(presence, busy)];
}

/** When a visit's officers did other work; what held at an end of it held beyond it, too. */
export function otherWork(visit: Visit): Span[] {
  const stay = stayOf(visit);
  return union(
    visit.statuses
      .filter(({ status }) => OTHER_WORK.has(status))
      .map(({ from, to }) => ({
        from: Date.parse(from) <= stay.from ? EVER.from : Date.parse(from),
        to: to === null || Date.parse(to) >= stay.to ? EVER.to : Date.parse(to),
      })),
  );
}

/** The time in which at least one was there. */
export function together(presences: readonly Presence[]): Presence {
  const all = (of: keyof Presence) => union(presences.flatMap((each) => each[of]));
  return { low: all("low"), estimate: all("estimate"), high: all("high") };
}

/** What of it lies in some stretches. */
export function inside({ low, estimate, high }: Presence, spans: Spans): Presence {
  return { low: common(low, spans), estimate: common(estimate, spans), high: common(high, spans) };
}

function outside({ low, estimate, high }: Presence, spans: Spans): Presence {
  return {
    low: without(low, spans),
    estimate: without(estimate, spans),
    high: without(high, spans),
  };
}

/** How much time it is. */
export function minutesOf({ low, estimate, high }: Presence): Minutes {
  return {
    low: lengthOf(low) / MINUTE_MS,
    estimate: lengthOf(estimate) / MINUTE_MS,
    high: lengthOf(high) / MINUTE_MS,
  };
}
