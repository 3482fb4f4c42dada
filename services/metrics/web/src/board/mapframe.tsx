/** The map on the board, drawn frame by frame beside Preact, which never touches its inside. */
import type { Signal } from "@preact/signals";
import { useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Use } from "../map/map";
import { BoardMap } from "../map/map";
import { text } from "../text";
import { useWatch } from "../watch";
import { Legend } from "./legend";
import type { Selection } from "./selection";
import { pick } from "./selection";

export function MapFrame({ selection }: { selection: Signal<Selection> }) {
  return (
    <MapCanvas selection={selection} use="desk">
      {(showAll) => (
        <div class="map-tools">
          <button class="plain" type="button" onClick={showAll}>
            {text.showAll}
          </button>
        </div>
      )}
    </MapCanvas>
  );
}

interface Props {
  selection: Signal<Selection>;
  use: Use;
  /** What stands on it, given what brings everything into view. */
  children?: (showAll: () => void) => ComponentChildren;
}

export function MapCanvas({ selection, use, children }: Props) {
  const { live } = useWatch();
  const container = useRef<HTMLDivElement>(null);
  const map = useRef<BoardMap | null>(null);
  useEffect(() => {
    if (container.current === null) return undefined;
    const picked = (kind: "hotspot" | "unit", id: string) => pick(selection, kind, id);
    const drawn = new BoardMap(container.current, live.board, picked, use);
    map.current = drawn;
    const stop = live.onFrame((changes) => drawn.show(changes));
    return () => {
      stop();
      drawn.remove();
      map.current = null;
    };
  }, [live, selection, use]);
  useSignalEffect(() => map.current?.showAges(live.now.value));
  useSignalEffect(() => map.current?.choose(selection.value));
  return (
    <section id="map-frame" aria-label={text.map}>
      <div id="map" ref={container} />
      {children?.(() => map.current?.showAll())}
      <Legend />
    </section>
  );
}
