/** How many rows a wall shows: what fits, since nobody scrolls there. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** How many of `all` rows of one height fit into a room; heights in pixels. Pure. */
export function fitting(room: number, height: number, all: number): number {
  // Before anything was measured one row is there to be measured.
  if (height <= 0) return Math.min(1, all);
  return Math.min(all, Math.max(0, Math.floor(room / height)));
}

/** The same for a list on the page, whose rows are of one height, as its room changes. */
export function useFitting(list: RefObject<HTMLElement | null>, all: number): number {
  const [sizes, setSizes] = useState({ room: 0, height: 0 });
  const any = all > 0;
  useEffect(() => {
    const element = list.current;
    if (element === null || !any) return undefined;
    const watch = new ResizeObserver(() => {
      const row = element.firstElementChild;
      if (row === null) return;
      const height = row.getBoundingClientRect().height;
      setSizes({ room: element.clientHeight, height });
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [list, any]);
  return fitting(sizes.room, sizes.height, all);
}
