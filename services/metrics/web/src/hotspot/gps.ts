/**
 * How good the positions at a hot spot are, by what its visits tell. Pure.
 *
 * The limits are these, and no others on the page. They follow docs/accuracy.md: with a fix a minute
 * and an ordinary error a visit of a quarter of an hour has bounds a tenth to a third of it apart;
 * with a fix in five minutes one visit cannot be judged. The worst measure gives the verdict.
 */
import type { Compliance, Visit } from "../model";

export type Verdict = "good" | "fair" | "poor";
export type Measure = "width" | "unknown" | "fixes" | "uncertain";

/** `good` up to the first limit, `poor` beyond the second; for fixes, from the one and below the other. */
export const LIMITS = {
  /** The high bound less the low one, as a share of the estimate. */
  width: { good: 0.35, poor: 0.7 },
  /** Unknown time as a share of all the time of the visits. */
  unknown: { good: 0.1, poor: 0.25 },
  /** Fixes in ten minutes there. */
  fixes: { good: 8, poor: 2 },
  /** Patrols that are not certain as a share of those and of the ones that count. */
  uncertain: { good: 0.05, poor: 0.2 },
} as const;

export interface Quality {
  measures: Record<Measure, { value: number; verdict: Verdict }>;
  verdict: Verdict;
  /** The measure that the verdict is of. */
  worst: Measure;
  uncertainPatrols: number;
  visits: number;
}

const ORDER: Verdict[] = ["good", "fair", "poor"];

/** Of the visits to a ring and the days they are of; null where there is nothing to judge by. */
export function qualityOf(visits: readonly Visit[], days: readonly Compliance[]): Quality | null {
  const sum = (of: (visit: Visit) => number) => visits.reduce((all, each) => all + of(each), 0);
  const seconds = sum((visit) => visit.seconds);
  if (seconds === 0) return null;
  const unknown = sum((visit) => visit.unknown_seconds);
  const fixes = sum((visit) => visit.fixes);
  const uncertain = days.reduce((all, day) => all + day.uncertain_patrols, 0);
  const patrols = uncertain + days.reduce((all, day) => all + day.qualifying_patrols, 0);
  const values: Record<Measure, number> = {
    width: sum((visit) => visit.seconds_high - visit.seconds_low) / seconds,
    unknown: unknown / (seconds + unknown),
    fixes: fixes / (seconds / 600),
    uncertain: patrols === 0 ? 0 : uncertain / patrols,
  };
  const measured = (of: Measure) => ({ value: values[of], verdict: verdictOn(of, values[of]) });
  const measures = {
    width: measured("width"),
    unknown: measured("unknown"),
    fixes: measured("fixes"),
    uncertain: measured("uncertain"),
  };
  const worst = worstOf(measures);
  return {
    measures,
    verdict: measures[worst].verdict,
    worst,
    uncertainPatrols: uncertain,
    visits: visits.length,
  };
}

function verdictOn(measure: Measure, value: number): Verdict {
  const { good, poor } = LIMITS[measure];
  if (measure === "fixes") return value >= good ? "good" : value < poor ? "poor" : "fair";
  return value <= good ? "good" : value > poor ? "poor" : "fair";
}

/** Unknown time before the others, since it explains them. */
function worstOf(measures: Quality["measures"]): Measure {
  const all: Measure[] = ["unknown", "fixes", "width", "uncertain"];
  const gravity = (of: Measure) => ORDER.indexOf(measures[of].verdict);
  return all.reduce((worst, each) => (gravity(each) > gravity(worst) ? each : worst));
}
