/** One of each resource, to be varied. */
import type { Health, HotSpot, Unit, Visit } from "../src/model";

const SQUARE: HotSpot["geometry"] = {
  type: "Polygon",
  coordinates: [
    [
      [1.15, 52.05],
      [1.16, 52.05],
      [1.16, 52.06],
      [1.15, 52.05],
    ],
  ],
};

export function aUnit(differing: Partial<Unit> = {}): Unit {
  return {
    radio_id: "R1",
    call_sign: null,
    state: "reporting",
    lat: 52.05,
    lon: 1.15,
    accuracy_m: 12,
    fix_time: "2026-06-01T12:00:00Z",
    heard_at: "2026-06-01T12:00:00Z",
    expected_interval_s: 60,
    observed_interval_s: 60,
    set_aside: {},
    hotspots: [],
    ...differing,
  };
}

export function aHotSpot(differing: Partial<HotSpot> = {}): HotSpot {
  return {
    hotspot_id: "hs-1",
    name: "Market Place",
    version: 3,
    catchment_m: 100,
    geometry: SQUARE,
    catchment: SQUARE,
    units_present: 0,
    minutes_today: { low: 0, estimate: 0, high: 0 },
    ...differing,
  };
}

export function aVisit(differing: Partial<Visit> = {}): Visit {
  return {
    visit_id: "v1",
    radio_id: "R1",
    hotspot_id: "hs-1",
    ring: "core",
    entered_at: "2026-06-01T12:00:00Z",
    seconds: 600,
    seconds_low: 540,
    seconds_high: 690,
    state: "open",
    settled: false,
    ...differing,
  };
}

export function aHealth(differing: Partial<Health> = {}): Health {
  return {
    now: "2026-06-01T12:00:01Z",
    engine_time: "2026-06-01T12:00:00Z",
    stale: false,
    reason: null,
    simulated: false,
    ...differing,
  };
}
