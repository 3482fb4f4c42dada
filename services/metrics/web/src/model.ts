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
  hotspot_id: string;
  ring: Ring;
  entered_at: string;
  seconds: number;
  seconds_low: number;
  seconds_high: number;
  state: "open" | "closed" | "retracted";
  settled: boolean;
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
  health: Health;
}

/** Upserts by id. What is marked `deleted` is no longer part of the picture. */
export interface LiveEvents {
  reset: Reset;
  unit: Unit | { radio_id: string; deleted: true };
  hotspot: HotSpot | { hotspot_id: string; deleted: true };
  visit: Visit;
  health: Health;
}

/** One event of the live stream. */
export type LiveEvent = {
  [Name in keyof LiveEvents]: { type: Name; data: LiveEvents[Name] };
}[keyof LiveEvents];

export interface Session {
  name: string;
  scopes: string[];
  timezone: string;
}

/** What a unit answers to: its call sign, or else its radio. */
export function nameOf(unit: Unit): string {
  return unit.call_sign ?? unit.radio_id;
}

/** Whether what is shown of a unit is of some time ago. */
export function isSilent({ state }: Unit): boolean {
  return state !== "reporting" && state !== "no_position";
}
