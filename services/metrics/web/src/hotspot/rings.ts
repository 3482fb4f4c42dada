/** The core against the ring around it: where the police minutes were. Pure. */

import type { Minutes, Visit } from "../model";
import type { Span } from "../span";
import type { Presence } from "./presence";
import { countedAndOther, minutesOf, stayOf, together } from "./presence";
import { without } from "./spans";

export interface CoreAndRing {
  /** In which somebody was in the core on patrol. */
  core: Minutes;
  /** In which somebody was in the ring around it, and not in the core. */
  ring: Minutes;
  /** Visits to the ring or the core: how often somebody came near. */
  near: number;
  /** Those of them that never entered the core. */
  passed: number;
}

/** Of visits to both rings of one hot spot; those to its catchment hold what was in the core, too. */
export function coreAndRing(visits: readonly Visit[]): CoreAndRing {
  const byRadio = new Map<string, Visit[]>();
  for (const visit of visits) {
    byRadio.set(visit.radio_id, [...(byRadio.get(visit.radio_id) ?? []), visit]);
  }
  const radios = [...byRadio.values()].map(ofRadio);
  return {
    core: minutesOf(together(radios.map(({ core }) => core))),
    ring: minutesOf(together(radios.map(({ ring }) => ring))),
    near: radios.reduce((sum, { near }) => sum + near, 0),
    passed: radios.reduce((sum, { passed }) => sum + passed, 0),
  };
}

/** Several days together, so that they add up. */
export function added(days: readonly CoreAndRing[]): CoreAndRing {
  const sum = (of: (day: CoreAndRing) => number) => days.reduce((all, each) => all + of(each), 0);
  const minutes = (ring: "core" | "ring"): Minutes => ({
    low: sum((day) => day[ring].low),
    estimate: sum((day) => day[ring].estimate),
    high: sum((day) => day[ring].high),
  });
  return {
    core: minutes("core"),
    ring: minutes("ring"),
    near: sum(({ near }) => near),
    passed: sum(({ passed }) => passed),
  };
}

function ofRadio(visits: readonly Visit[]) {
  const cores = visits.filter(({ ring }) => ring === "core");
  const catchments = visits.filter(({ ring }) => ring === "catchment");
  const core = together(cores.map(counted));
  const near = together(catchments.map(counted));
  const [stays, entered] = [catchments.map(stayOf), cores.map(stayOf)];
  return {
    core,
    // What is only perhaps in the core may be in the ring, and the other way round.
    ring: {
      low: without(near.low, core.high),
      estimate: without(near.estimate, core.estimate),
      high: without(near.high, core.low),
    },
    near: catchments.length,
    passed: stays.filter((near) => !entered.some((stay) => meet(near, stay))).length,
  };
}

function counted(visit: Visit): Presence {
  return countedAndOther(visit)[0];
}

function meet(a: Span, b: Span): boolean {
  return a.from <= b.to && b.from <= a.to;
}
