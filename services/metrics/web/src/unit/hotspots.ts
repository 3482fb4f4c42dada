/** The hot spots by which a stretch of time is told. */
import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { list } from "../api";
import type { Live } from "../live/live";
import type { HotSpot } from "../model";
import { useReading } from "../reading";
import { maySeeFigures, maySeeLive } from "../session";
import { useWatch } from "../watch";

export type HotSpots = ReadonlyMap<string, HotSpot>;

/**
 * As the live picture knows them, or else as the service lists them. Officers who may not see
 * figures are told of none.
 */
export function useHotSpots(): HotSpots {
  const { session, live } = useWatch();
  const seesAll = maySeeLive(session);
  const isTold = !seesAll && maySeeFigures(session);
  const boundaries = useMemo(() => boundariesOf(live), [live]);
  const [listed] = useReading(async () => (isTold ? await list<HotSpot>("/v1/hotspots") : []));
  const found = useMemo(() => byId(listed.is === "read" ? listed.what : []), [listed]);
  return seesAll ? boundaries.value : found;
}

/** What a hot spot is called; one that is no more, or not told of, by its id. */
export function nameIn(hotspots: HotSpots): (hotspotId: string) => string {
  return (hotspotId) => hotspots.get(hotspotId)?.name ?? hotspotId;
}

/** Changes when a hot spot is drawn anew, and not with who is there. */
function boundariesOf(live: Live) {
  let told: HotSpots = new Map();
  return computed(() => {
    live.beat.value; // look again when the board changed
    const now = byId(live.board.hotspots.sorted());
    if (!isSame(told, now)) told = now;
    return told;
  });
}

function isSame(a: HotSpots, b: HotSpots): boolean {
  return (
    a.size === b.size && [...b].every(([id, hotspot]) => a.get(id)?.version === hotspot.version)
  );
}

function byId(hotspots: readonly HotSpot[]): HotSpots {
  return new Map(hotspots.map((hotspot) => [hotspot.hotspot_id, hotspot]));
}
