/**
 * The board: what the live stream has said so far. Pure: events go in, changes come out.
 */

import type { HotSpot, LiveEvent, Reset, Unit, Visit } from "../model";
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
        if ("deleted" in event.data) this.#deleteUnit(event.data.radio_id);
        else this.#putUnit(event.data);
        break;
      case "hotspot":
        if ("deleted" in event.data) this.#deleteHotSpot(event.data.hotspot_id);
        else this.#putHotSpot(event.data);
        break;
      case "visit":
        this.#putVisit(event.data);
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

  #replace(state: Reset): void {
    for (const id of this.units.ids()) this.#changedUnits.add(id);
    for (const id of this.hotspots.ids()) this.#changedHotspots.add(id);
    this.units.clear();
    this.hotspots.clear();
    this.#visits.clear();
    for (const unit of state.units) this.#putUnit(unit);
    for (const hotspot of state.hotspots) this.#putHotSpot(hotspot);
    for (const visit of state.visits) this.#putVisit(visit);
  }

  #putUnit(unit: Unit): void {
    this.units.put(unit.radio_id, unit);
    this.#changedUnits.add(unit.radio_id);
  }

  #deleteUnit(id: string): void {
    this.units.delete(id);
    this.#changedUnits.add(id);
  }

  #putHotSpot(hotspot: HotSpot): void {
    this.hotspots.put(hotspot.hotspot_id, hotspot);
    this.#changedHotspots.add(hotspot.hotspot_id);
  }

  #deleteHotSpot(id: string): void {
    this.hotspots.delete(id);
    this.#changedHotspots.add(id);
  }

  #putVisit(visit: Visit): void {
    // Of a final visit's end nothing more is heard: it is over.
    if (visit.state === "open" && !visit.settled) this.#visits.set(visit.visit_id, visit);
    else this.#visits.delete(visit.visit_id);
  }
}
