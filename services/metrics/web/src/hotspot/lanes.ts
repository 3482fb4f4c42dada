/** A day's patrols as lanes: who was there when, what is certain of it, and what counts. Pure. */

import type { Minutes, Visit } from "../model";
import type { Span } from "../span";
import type { ExplainedPatrol, Explanation } from "./explained";
import { countedAndOther, minutesOf, stayOf, together } from "./presence";
import type { Spans } from "./spans";
import { union, without } from "./spans";

/** A visit as it is drawn. */
export interface Bar {
  visit: Visit;
  stay: Span;
  /** On patrol for sure, perhaps, and as estimated. */
  certain: Spans;
  uncertain: Spans;
  estimate: Spans;
  other: Spans;
  unknown: Spans;
  /** Police minutes. */
  minutes: Minutes;
  statuses: { status: string; from: number; to: number }[];
}

/** A radio's part of a patrol. */
export interface Stint {
  radioId: string;
  bars: Bar[];
}

/** A patrol, or a visit that is part of none of the day's. */
export interface Lane {
  id: string;
  patrol: ExplainedPatrol | null;
  from: number;
  to: number;
  goesOn: boolean;
  minutes: Minutes;
  stints: Stint[];
}

export interface Sources {
  explanation: Explanation;
  visits: readonly Visit[];
  unknown: ReadonlyMap<string, Spans>;
}

/** What the day is drawn over: all of it, and windows that reach into the next. */
export function axisOf(day: Span, { windows }: Explanation): Span {
  return {
    from: Math.min(day.from, ...windows.map(({ earliest }) => Date.parse(earliest))),
    to: Math.max(day.to, ...windows.map(({ latest }) => Date.parse(latest))),
  };
}

/** The lanes of the ring that counts, in order of time. */
export function lanesOf(axis: Span, sources: Sources): Lane[] {
  const { explanation, visits } = sources;
  const known = new Map(visits.map((visit) => [visit.visit_id, visit]));
  const taken = new Set<string>();
  const lanes = explanation.patrols.map((patrol) => {
    const own = patrol.stays
      .flatMap((stay) => stay.visits.map(({ visit_id }) => known.get(visit_id ?? "")))
      .filter((visit) => visit !== undefined);
    for (const { visit_id } of own) taken.add(visit_id);
    return laneOf(patrol.patrol_id, patrol, own, sources);
  });
  const others = visits.filter(
    (visit) =>
      visit.ring === explanation.figures.ring && !taken.has(visit.visit_id) && lies(axis, visit),
  );
  const rest = others.map((visit) => laneOf(visit.visit_id, null, [visit], sources));
  return [...lanes, ...rest].sort((a, b) => a.from - b.from);
}

/** The visits to the other ring, in as few rows as keep them apart. */
export function nearRows(axis: Span, sources: Sources): Bar[][] {
  const rows: Bar[][] = [];
  const near = sources.visits.filter(
    (visit) => visit.ring !== sources.explanation.figures.ring && lies(axis, visit),
  );
  for (const visit of near) {
    const bar = barOf(visit, sources);
    const free = rows.find((row) => (row.at(-1)?.stay.to ?? 0) < bar.stay.from);
    if (free === undefined) rows.push([bar]);
    else free.push(bar);
  }
  return rows;
}

function laneOf(
  id: string,
  patrol: ExplainedPatrol | null,
  visits: readonly Visit[],
  sources: Sources,
): Lane {
  const stints = stintsOf(visits, sources);
  const bars = stints.flatMap((stint) => stint.bars);
  const goesOn = visits.some(({ state, settled }) => state === "open" && !settled);
  return {
    id,
    patrol,
    from: Math.min(...bars.map(({ stay }) => stay.from), began(patrol)),
    to: Math.max(...bars.map(({ stay }) => stay.to), ended(patrol)),
    goesOn,
    // Of one that goes on the live stream knows more than the last explanation.
    minutes: patrol !== null && !goesOn ? patrol.patrol_minutes : minutesIn(visits, sources),
    stints,
  };
}

function minutesIn(visits: readonly Visit[], sources: Sources): Minutes {
  return minutesOf(together(visits.map((visit) => countedOf(visit, sources)[0])));
}

const began = (patrol: ExplainedPatrol | null) =>
  patrol === null ? Number.POSITIVE_INFINITY : Date.parse(patrol.from);
const ended = (patrol: ExplainedPatrol | null) =>
  patrol === null ? Number.NEGATIVE_INFINITY : Date.parse(patrol.to);

function stintsOf(visits: readonly Visit[], sources: Sources): Stint[] {
  const stints = new Map<string, Stint>();
  for (const visit of visits) {
    const { radio_id: radioId } = visit;
    const stint = stints.get(radioId) ?? { radioId, bars: [] };
    stint.bars.push(barOf(visit, sources));
    stints.set(radioId, stint);
  }
  return [...stints.values()];
}

export function barOf(visit: Visit, sources: Pick<Sources, "unknown">): Bar {
  const [counted, other] = countedOf(visit, sources);
  const stay = stayOf(visit);
  const known = union([...counted.estimate, ...other.estimate]);
  return {
    visit,
    stay,
    certain: counted.low,
    uncertain: without(counted.high, counted.low),
    estimate: counted.estimate,
    other: other.estimate,
    unknown: visit.unknown_seconds === 0 ? [] : without([stay], known),
    minutes: minutesOf(counted),
    statuses: visit.statuses.map(({ status, from, to }) => ({
      status,
      from: Math.max(stay.from, Date.parse(from)),
      to: to === null ? stay.to : Math.min(stay.to, Date.parse(to)),
    })),
  };
}

function countedOf(visit: Visit, { unknown }: Pick<Sources, "unknown">) {
  return countedAndOther(visit, unknown.get(visit.radio_id) ?? []);
}

function lies(axis: Span, visit: Visit): boolean {
  const { from, to } = stayOf(visit);
  return visit.state !== "retracted" && from < axis.to && to >= axis.from;
}
