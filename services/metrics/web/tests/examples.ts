/** One of each resource, to be varied. */
import type { ExplainedPatrol, ExplainedWindow, Explanation } from "../src/hotspot/explained";
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

export function aWindow(differing: Partial<ExplainedWindow> = {}): ExplainedWindow {
  return {
    from: "2026-06-01T11:00:00Z",
    to: "2026-06-01T13:00:00Z",
    planned: 2,
    delivered: 1,
    uncertain: 0,
    status: "open",
    earliest: "2026-06-01T10:50:00Z",
    latest: "2026-06-01T13:10:00Z",
    rules: [{ rule: "open", because: "1 of 2 patrols count, 0 more may: it goes on." }],
    patrol_ids: [],
    unknown: [],
    ...differing,
  };
}

/** A good patrol of a quarter of an hour, made of visits: each a radio and a visit's id. */
export function aPatrol(...visits: [radioId: string, visitId: string][]): ExplainedPatrol {
  const minutes = { low: 14, estimate: 15, high: 16 };
  const [from, to] = ["2026-06-01T12:00:00Z", "2026-06-01T12:15:00Z"];
  return {
    patrol_id: "patrol-1",
    from,
    to,
    goes_on: false,
    verdict: "qualifying",
    counts: true,
    repeats: false,
    patrol_minutes: minutes,
    other_minutes: NOTHING,
    window_from: "2026-06-01T11:00:00Z",
    rules: [{ rule: "qualifying", because: "Its longest stay lasted 14 min for sure." }],
    stays: visits.map(([radio_id, visit_id]) => ({
      radio_id,
      visits: [{ visit_id, from, to, counted_minutes: minutes, other_minutes: NOTHING }],
      counted_minutes: minutes,
      other_minutes: NOTHING,
    })),
    patrol_twice_minutes: NOTHING,
  };
}

export function anExplanation(differing: Partial<Explanation> = {}): Explanation {
  return {
    figures: aCompliance(),
    minutes_each: { low: 10, high: 16 },
    rules: [{ rule: "by_patrols", because: "0 of 1 windows are delivered." }],
    windows: [],
    patrols: [],
    numbers: [],
    last_patrol: null,
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
