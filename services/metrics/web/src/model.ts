/**
 * What the API says: the resources of `/v1` and the events of `/v1/live`, as they are on the wire.
 * Times are RFC 3339 in UTC, durations seconds unless their name says otherwise.
 */
import type { MultiPolygon, Polygon } from "geojson";

export type Ring = "core" | "catchment";

/** A duration with its uncertainty, in minutes. */
export interface Minutes {
  low: number;
  estimate: number;
  high: number;
}

export interface HotSpot {
  hotspot_id: string;
  name: string;
  version: number;
  catchment_m: number;
  geometry: Polygon | MultiPolygon;
  catchment: Polygon | MultiPolygon;
  units_present: number;
  minutes_today: Minutes;
}

export type UnitState = "reporting" | "quiet" | "lost" | "no_position" | "off_duty";

export interface Unit {
  radio_id: string;
  call_sign: string | null;
  state: UnitState;
  lat: number | null;
  lon: number | null;
  accuracy_m: number | null;
  speed_mps: number | null;
  heading_deg: number | null;
  status: string | null;
  fix_time: string | null;
  heard_at: string;
  expected_interval_s: number;
  /** Null until enough was heard. */
  observed_interval_s: number | null;
  /** Fixes that were not used, by reason. */
  set_aside: Record<string, number>;
  hotspots: { hotspot_id: string; ring: Ring }[];
}

export interface Visit {
  visit_id: string;
  radio_id: string;
  source: string;
  hotspot_id: string;
  hotspot_version: number;
  ring: Ring;
  entered_at: string;
  left_at: string | null;
  seconds: number;
  seconds_low: number;
  seconds_high: number;
  unknown_seconds: number;
  statuses: { status: string; from: string; to: string | null }[];
  fixes: number;
  state: "open" | "closed" | "retracted";
  settled: boolean;
}

/** An episode of silence: of a radio, a source (no radio), the pipeline or an area of `radios`. */
export interface Signal {
  episode_id: string;
  radio_id: string | null;
  radios: string[];
  source: string | null;
  kind: string;
  cause: "unexpected" | "explained" | "source" | "pipeline" | "area";
  reason: string | null;
  last_heard_at: string | null;
  declared_at: string;
  ended_at: string | null;
  hotspot_id: string | null;
  lat: number | null;
  lon: number | null;
}

/** Where a radio was, as far as was known, when it was heard. */
export interface TrackPoint {
  radio_id: string;
  status: string | null;
  lat: number | null;
  lon: number | null;
  accuracy_m: number | null;
  heading_deg: number | null;
  fix_time: string | null;
  heard_at: string;
  hotspots: { hotspot_id: string; ring: Ring }[];
}

/** Who carries which radio from when to when, and where that time went so far. */
export interface Duty {
  duty_id: string;
  radio_id: string;
  /** Pseudonyms; absent where they are not told. */
  officer_ids?: string[];
  call_sign: string | null;
  role: "pc" | "pcso" | "special" | null;
  mode: "foot" | "cycle" | "vehicle" | null;
  team: string | null;
  hotspot_ids: string[];
  from: string;
  to: string;
  elapsed_seconds: number;
  inside_seconds: number;
  outside_seconds: number;
  unknown_seconds: number;
  settled: boolean;
}

/** A duration with its uncertainty, in seconds. */
export interface Seconds {
  low: number;
  estimate: number;
  high: number;
}

/** Where a radio's time went, within one hour (UTC) and one duty or none. */
export interface Timesheet {
  radio_id: string;
  from: string;
  to: string;
  hotspots: Record<string, { core: Seconds; catchment: Seconds }>;
  inside_seconds: number;
  outside_seconds: number;
  unknown_seconds: number;
  unknown: { from: string; to: string; episode_ids: string[] }[];
  settled: boolean;
}

export type WindowStatus = "delivered" | "missed" | "not_known" | "open" | "ahead";

export interface PlannedWindow {
  from: string;
  to: string;
  planned: number;
  delivered: number;
  uncertain: number;
  status: WindowStatus;
}

export type DayStatus =
  | "not_planned"
  | "on_track"
  | "behind"
  | "met"
  | "missed"
  | "not_known"
  | "contaminated";

/** A hot spot's day: what was due and what was done. */
export interface Compliance {
  hotspot_id: string;
  /** The force's own date. */
  date: string;
  plan_id: string | null;
  ring: Ring;
  arm: "treatment" | "control" | null;
  planned_patrols: number;
  qualifying_patrols: number;
  uncertain_patrols: number;
  short_patrols: number;
  long_patrols: number;
  interrupted_patrols: number;
  repeated_patrols: number;
  planned_minutes: number;
  patrol_minutes: Minutes;
  officer_minutes: Minutes;
  allocated_minutes: Minutes;
  other_minutes: Minutes;
  windows: PlannedWindow[];
  days_since_last_patrol: number | null;
  status: DayStatus;
  settled: boolean;
}

export type AlertKind = "outage" | "lost" | "missed" | "no_patrol";

/** What needs looking at now, and who said that somebody does. */
export interface Alert {
  alert_id: string;
  kind: AlertKind;
  hotspot_id: string | null;
  /** The hot spot's. */
  name: string | null;
  episode_id: string | null;
  /** Of an episode, what is missing and by whose fault. */
  silence: string | null;
  cause: Signal["cause"] | null;
  radio_id: string | null;
  call_sign: string | null;
  source: string | null;
  /** Those of an area. */
  radios: string[];
  since: string;
  reason: string | null;
  /** The window that was missed, and what was due and done in it. */
  window_from: string | null;
  window_to: string | null;
  planned: number | null;
  delivered: number | null;
  /** Since the last patrol; null where none is known. */
  days: number | null;
  acknowledged: { by: string; at: string; text: string } | null;
}

/**
 * How far the pipeline has come; `reason` says in words why it is behind. `simulated`: a source feeds
 * it that is made up.
 */
export interface Health {
  now: string;
  engine_time: string | null;
  stale: boolean;
  reason: string | null;
  simulated: boolean;
}

/** The whole current state; `visits` are the open ones. */
export interface Reset {
  units: Unit[];
  hotspots: HotSpot[];
  visits: Visit[];
  signals: Signal[];
  compliance: Compliance[];
  alerts: Alert[];
  health: Health;
}

/** Upserts by id. What is marked `deleted` is no longer part of the picture. */
export interface LiveEvents {
  reset: Reset;
  unit: Unit | { radio_id: string; deleted: true };
  hotspot: HotSpot | { hotspot_id: string; deleted: true };
  visit: Visit;
  signal: Signal | { episode_id: string; deleted: true };
  compliance: Compliance;
  alert: Alert | { alert_id: string; deleted: true };
  health: Health;
}

/** One event of the live stream, or of some kind. */
export type LiveEvent<Kind extends keyof LiveEvents = keyof LiveEvents> = {
  [Name in Kind]: { type: Name; data: LiveEvents[Name] };
}[Kind];

export interface Session {
  name: string;
  scopes: string[];
  timezone: string;
  /** Whether a source that is made up was in force when the page began. */
  simulated: boolean;
  /** The time of day at which the force's days start: `06:00`. */
  day_starts: string;
}

/** What a unit answers to: its call sign, or else its radio. */
export function nameOf(unit: Unit): string {
  return unit.call_sign ?? unit.radio_id;
}

/** Whether a unit is where it is shown; else it was, when it last said where. */
export function isThere({ state }: Unit): boolean {
  return state === "reporting";
}

/** Whether what is shown of a unit is of some time ago. */
export function isSilent({ state }: Unit): boolean {
  return state !== "reporting" && state !== "no_position";
}

export type PlaceType = "hotspot" | "blackspot";

/** A hot spot or blackspot as it is put. */
export interface PlaceFeature {
  type: "Feature";
  geometry: Polygon | MultiPolygon;
  properties: {
    name: string;
    type: PlaceType;
    catchment_m: number;
    excludes: (Polygon | MultiPolygon)[];
    /** From now on where not given. */
    effective_from?: string;
  };
}

/** A version of a hot spot or blackspot. */
export interface HeldPlace extends PlaceFeature {
  id: string;
  properties: PlaceFeature["properties"] & {
    effective_from: string;
    /** Null where it was only tried. */
    version: number | null;
    changed_by: string;
  };
}

/** What a ring has in common with the same ring of another hot spot; `share` is of the one tried. */
export interface Overlap {
  hotspot_id: string;
  name: string;
  ring: Ring;
  area_m2: number;
  share: number;
}

/** What a hot spot would cover if it were put. */
export interface TriedPlace {
  feature: HeldPlace;
  area_m2: number;
  perimeter_m: number;
  catchment: Polygon | MultiPolygon;
  catchment_area_m2: number;
  overlaps: Overlap[];
}

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";
export type Arm = "treatment" | "control";
export type JudgeBy = "patrols" | "minutes" | "both";

/** How much patrol a hot spot is due, as it is put: what is not given is as usual. */
export interface Plan {
  hotspot_id: string;
  weekdays: Weekday[];
  dates: string[];
  windows: { from: string; to: string; patrols: number }[];
  minutes_each: { low: number; high: number };
  minutes_per_day?: number;
  slack_minutes: number;
  min_gap_minutes: number;
  judge_by: JudgeBy;
  ring: Ring;
  arm: Arm;
  effective_from?: string;
  effective_to?: string;
}

/** A version of a plan. */
export interface HeldPlan extends Omit<Plan, "effective_to"> {
  plan_id: string;
  minutes_per_day: number;
  effective_from: string;
  effective_to: string | null;
  /** Null where it was only tried. */
  version: number | null;
  changed_by: string;
}

/** How long a visit lasted, with its uncertainty. */
export function inMinutes(visit: Visit): Minutes {
  return {
    low: visit.seconds_low / 60,
    estimate: visit.seconds / 60,
    high: visit.seconds_high / 60,
  };
}
