/** The hot spots of the board, the most urgent first, in an order that stays readable. */
import { useRef } from "preact/hooks";
import type { HotSpot } from "../model";
import { useWatch } from "../watch";
import type { Order } from "./steady";
import { steady } from "./steady";
import { pressing } from "./urgency";

/** `held`: somebody is in the list, so nothing may move. */
export function useUrgentOrder(held: boolean): { hotspots: HotSpot[]; order: Order } {
  const { board, beat, now } = useWatch().live;
  beat.value; // read again when the board changed
  const shown = useRef<Order | null>(null);
  const at = now.value;
  const all = board.hotspots
    .sorted()
    .map(({ hotspot_id: id }) => pressing(id, board.compliance.get(id), at));
  const order = steady(shown.current, all, at, held);
  shown.current = order;
  return { hotspots: order.ids.flatMap((id) => board.hotspots.get(id) ?? []), order };
}
