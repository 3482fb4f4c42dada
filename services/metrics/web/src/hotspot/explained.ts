/** Where each number of a hot spot's day comes from, as `/v1/compliance/{id}/{date}` says it. */
import type { Compliance, Minutes, PlannedWindow } from "../model";

/** A rule by its word, and in a sentence about this case. */
export interface Reason {
  rule: string;
  because: string;
}

export type PatrolVerdict =
  | "qualifying"
  | "long"
  | "uncertain"
  | "short"
  | "interrupted"
  | "other_work";

export interface ExplainedVisit {
  visit_id: string | null;
  from: string;
  to: string;
  counted_minutes: Minutes;
  other_minutes: Minutes;
}

/** A radio's visits that are one stay. */
export interface Stay {
  radio_id: string | null;
  visits: ExplainedVisit[];
  counted_minutes: Minutes;
  other_minutes: Minutes;
}

export interface ExplainedPatrol {
  patrol_id: string;
  from: string;
  to: string;
  goes_on: boolean;
  verdict: PatrolVerdict;
  counts: boolean;
  repeats: boolean;
  patrol_minutes: Minutes;
  other_minutes: Minutes;
  /** The window that it belongs to. */
  window_from: string | null;
  rules: Reason[];
  stays: Stay[];
  /** What its stays have in common, which counts once. */
  patrol_twice_minutes: Minutes;
}

/** A window with its slack. */
export interface ExplainedWindow extends PlannedWindow {
  earliest: string;
  latest: string;
  rules: Reason[];
  patrol_ids: string[];
  /** Unknown time of those who were due there. */
  unknown: { from: string; to: string }[];
}

export interface Explanation {
  figures: Compliance;
  minutes_each: { low: number; high: number };
  rules: Reason[];
  windows: ExplainedWindow[];
  patrols: ExplainedPatrol[];
  numbers: { figure: string; number: number; patrol_ids: string[] }[];
  last_patrol: { patrol_id: string; date: string } | null;
}
