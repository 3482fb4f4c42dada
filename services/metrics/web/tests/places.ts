/** Hot spots, trials of them and plans as the service holds them, to be varied. */
import type { Polygon } from "geojson";
import type { HeldPlace, HeldPlan, TriedPlace } from "../src/model";

export const SQUARE: Polygon = {
  type: "Polygon",
  coordinates: [
    [
      [1.15, 52.05],
      [1.152, 52.05],
      [1.152, 52.051],
      [1.15, 52.051],
      [1.15, 52.05],
    ],
  ],
};

export function aPlace(differing: Partial<HeldPlace["properties"]> = {}): HeldPlace {
  return {
    type: "Feature",
    id: "hs-1",
    geometry: SQUARE,
    properties: {
      name: "Market Place",
      type: "hotspot",
      catchment_m: 100,
      excludes: [],
      effective_from: "2026-05-01T00:00:00.000Z",
      version: 3,
      changed_by: "desk",
      ...differing,
    },
  };
}

export function aTrial(differing: Partial<TriedPlace> = {}): TriedPlace {
  return {
    feature: aPlace({ version: null }),
    area_m2: 15_300.4,
    perimeter_m: 497.2,
    catchment: SQUARE,
    catchment_area_m2: 96_450,
    overlaps: [],
    ...differing,
  };
}

export function aPlan(differing: Partial<HeldPlan> = {}): HeldPlan {
  return {
    plan_id: "market-weekend",
    hotspot_id: "hs-1",
    weekdays: ["fri", "sat"],
    dates: [],
    windows: [{ from: "22:00", to: "02:00", patrols: 2 }],
    minutes_each: { low: 10, high: 16 },
    minutes_per_day: 20,
    slack_minutes: 10,
    min_gap_minutes: 30,
    judge_by: "patrols",
    ring: "core",
    arm: "treatment",
    effective_from: "2026-05-01T00:00:00.000Z",
    effective_to: null,
    version: 4,
    changed_by: "desk",
    ...differing,
  };
}
