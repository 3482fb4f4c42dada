/**
 * The board: what the live stream has said so far. Pure: events go in, changes come out.
 */
import type { Alert, Compliance, HotSpot, LiveEvent, Reset, Signal, Unit, Visit } from "../model";
import { nameOf } from "../model";
import { ByName } from "./byname";

/** The ids of what differs from the last time somebody looked. */
export interface Changes {
  units: ReadonlySet<string>;
  hotspots: ReadonlySet<string>;
}

export class Board {
  readonly units = new ByName<Unit>(nameOf);
  readonly hotspots = new ByName<HotSpot>((hotspot) => hotspot.name);
  /** Today's figures of each hot spot, by its id. */
  readonly compliance = new Map<string, Compliance>();
  /** Episodes of silence that go on. */
  readonly signals = new Map<string, Signal>();
  /** What needs looking at now. */
  readonly alerts = new Map<string, Alert>();
  /** Open visits only: what has ended is in the hot spot's minutes. */
  readonly #visits = new Map<string, Visit>();
  #changedUnits = new Set<string>();
  #changedHotspots = new Set<string>();

  apply(event: LiveEvent): void {
    switch (event.type) {
      case "reset":
        this.#replace(event.data);
        break;
      case "unit":
        this.#hearUnit(event.data);
        break;
      case "hotspot":
        this.#hearHotSpot(event.data);
        break;
      case "visit":
        this.#putVisit(event.data);
        break;
      case "signal":
        this.#hearSignal(event.data);
        break;
      case "compliance":
        this.#putCompliance(event.data);
        break;
      case "alert":
        if ("deleted" in event.data) this.alerts.delete(event.data.alert_id);
        else this.alerts.set(event.data.alert_id, event.data);
        break;
      case "health":
        break; // About the pipeline, not the town: see freshness.
    }
  }

  /** The changes since the last call. */
  takeChanges(): Changes {
    const changes = { units: this.#changedUnits, hotspots: this.#changedHotspots };
    this.#changedUnits = new Set();
    this.#changedHotspots = new Set();
    return changes;
  }

  /** The open visits to the core of each hot spot, the longest first. */
  visitsByHotSpot(): Map<string, Visit[]> {
    const core = [...this.#visits.values()].filter((visit) => visit.ring === "core");
    core.sort((a, b) => Date.parse(a.entered_at) - Date.parse(b.entered_at));
    const grouped = new Map<string, Visit[]>();
    for (const visit of core) {
      grouped.set(visit.hotspot_id, [...(grouped.get(visit.hotspot_id) ?? []), visit]);
    }
    return grouped;
  }

  /** The open visits to either ring of a hot spot. */
  openVisits(hotspotId: string): Visit[] {
    return [...this.#visits.values()].filter((visit) => visit.hotspot_id === hotspotId);
  }

  #replace(state: Reset): void {
    for (const id of this.units.ids()) this.#changedUnits.add(id);
    for (const id of this.hotspots.ids()) this.#changedHotspots.add(id);
    for (const kept of [this.units, this.hotspots, this.compliance, this.signals, this.alerts]) {
      kept.clear();
    }
    this.#visits.clear();
    for (const unit of state.units) this.#hearUnit(unit);
    for (const hotspot of state.hotspots) this.#hearHotSpot(hotspot);
    for (const visit of state.visits) this.#putVisit(visit);
    for (const signal of state.signals) this.signals.set(signal.episode_id, signal);
    for (const day of state.compliance) this.#putCompliance(day);
    for (const alert of state.alerts) this.alerts.set(alert.alert_id, alert);
  }

  #hearUnit(unit: LiveEvent<"unit">["data"]): void {
    if ("deleted" in unit) this.units.delete(unit.radio_id);
    else this.units.put(unit.radio_id, unit);
    this.#changedUnits.add(unit.radio_id);
  }

  #hearHotSpot(hotspot: LiveEvent<"hotspot">["data"]): void {
    const id = hotspot.hotspot_id;
    if ("deleted" in hotspot) {
      this.hotspots.delete(id);
      this.compliance.delete(id);
    } else {
      this.hotspots.put(id, hotspot);
    }
    this.#changedHotspots.add(id);
  }

  #hearSignal(signal: LiveEvent<"signal">["data"]): void {
    if ("deleted" in signal || signal.ended_at !== null) this.signals.delete(signal.episode_id);
    else this.signals.set(signal.episode_id, signal);
  }

  #putCompliance(day: Compliance): void {
    this.compliance.set(day.hotspot_id, day);
    this.#changedHotspots.add(day.hotspot_id);
  }

  #putVisit(visit: Visit): void {
    // Of a final visit's end nothing more is heard: it is over.
    if (visit.state === "open" && !visit.settled) this.#visits.set(visit.visit_id, visit);
    else this.#visits.delete(visit.visit_id);
  }
}
