/** Plans by their hot spots, in the order of names. Pure. */
import type { HeldPlan, HotSpot } from "../model";

export interface Group {
  hotspotId: string;
  name: string;
  /** Whether the hot spot is in force now. */
  isInForce: boolean;
  plans: HeldPlan[];
}

/** Names one version of a plan. */
export function keyOf(plan: HeldPlan): string {
  return `${plan.plan_id}@${plan.version}`;
}

/** Every hot spot in force, with a plan or none, and then those that only have plans. */
export function groupsOf(hotspots: readonly HotSpot[], plans: readonly HeldPlan[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { hotspot_id, name } of hotspots) {
    groups.set(hotspot_id, { hotspotId: hotspot_id, name, isInForce: true, plans: [] });
  }
  for (const plan of plans) {
    const id = plan.hotspot_id;
    const group = groups.get(id) ?? { hotspotId: id, name: id, isInForce: false, plans: [] };
    group.plans.push(plan);
    groups.set(id, group);
  }
  return [...groups.values()];
}
