/** One of each resource, to be varied. */
import type {
  Alert,
  Compliance,
  Duty,
  Health,
  HotSpot,
  Reset,
  Signal,
  Timesheet,
  TrackPoint,
  Unit,
  Visit,
} from "../src/model";

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
    speed_mps: null,
    heading_deg: null,
    status: null,
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
    source: "airwave",
    hotspot_id: "hs-1",
    hotspot_version: 0,
    left_at: null,
    unknown_seconds: 0,
    statuses: [],
    fixes: 10,
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

export function aSignal(differing: Partial<Signal> = {}): Signal {
  return {
    episode_id: "e1",
    radio_id: "R1",
    radios: [],
    source: "airwave",
    kind: "lost",
    cause: "unexpected",
    reason: null,
    last_heard_at: "2026-06-01T11:55:00Z",
    declared_at: "2026-06-01T11:58:00Z",
    ended_at: null,
    hotspot_id: null,
    lat: 52.05,
    lon: 1.15,
    ...differing,
  };
}

const NOTHING = { low: 0, estimate: 0, high: 0 };

export function aCompliance(differing: Partial<Compliance> = {}): Compliance {
  return {
    hotspot_id: "hs-1",
    date: "2026-06-01",
    plan_id: "p-1",
    ring: "core",
    arm: "treatment",
    planned_patrols: 2,
    qualifying_patrols: 0,
    uncertain_patrols: 0,
    short_patrols: 0,
    long_patrols: 0,
    interrupted_patrols: 0,
    repeated_patrols: 0,
    planned_minutes: 30,
    patrol_minutes: NOTHING,
    officer_minutes: NOTHING,
    allocated_minutes: NOTHING,
    other_minutes: NOTHING,
    windows: [],
    days_since_last_patrol: 0,
    status: "on_track",
    settled: false,
    ...differing,
  };
}

export function anAlert(differing: Partial<Alert> = {}): Alert {
  return {
    alert_id: "lost/e1",
    kind: "lost",
    hotspot_id: null,
    name: null,
    episode_id: "e1",
    silence: "lost",
    cause: "unexpected",
    radio_id: "R1",
    call_sign: "NA11",
    source: "airwave",
    radios: [],
    since: "2026-06-01T11:55:00Z",
    reason: null,
    window_from: null,
    window_to: null,
    planned: null,
    delivered: null,
    days: null,
    acknowledged: null,
    ...differing,
  };
}

export function aDuty(differing: Partial<Duty> = {}): Duty {
  return {
    duty_id: "d-1",
    radio_id: "R1",
    officer_ids: ["P1"],
    call_sign: "NA11",
    role: "pc",
    mode: "foot",
    team: "Blue",
    hotspot_ids: ["hs-1"],
    from: "2026-06-01T10:00:00Z",
    to: "2026-06-01T18:00:00Z",
    elapsed_seconds: 7200,
    inside_seconds: 1800,
    outside_seconds: 5100,
    unknown_seconds: 300,
    settled: false,
    ...differing,
  };
}

export function aTimesheet(differing: Partial<Timesheet> = {}): Timesheet {
  return {
    radio_id: "R1",
    from: "2026-06-01T10:00:00Z",
    to: "2026-06-01T11:00:00Z",
    hotspots: {},
    inside_seconds: 0,
    outside_seconds: 3600,
    unknown_seconds: 0,
    unknown: [],
    settled: false,
    ...differing,
  };
}

export function aTrackPoint(differing: Partial<TrackPoint> = {}): TrackPoint {
  return {
    radio_id: "R1",
    status: null,
    lat: 52.05,
    lon: 1.15,
    accuracy_m: 5,
    heading_deg: null,
    fix_time: "2026-06-01T10:00:00Z",
    heard_at: "2026-06-01T10:00:01Z",
    hotspots: [],
    ...differing,
  };
}

export function aReset(differing: Partial<Reset> = {}): Reset {
  return {
    units: [],
    hotspots: [],
    visits: [],
    signals: [],
    compliance: [],
    alerts: [],
    health: aHealth(),
    ...differing,
  };
}
