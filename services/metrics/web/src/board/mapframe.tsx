/** The map on the board, drawn frame by frame beside Preact, which never touches its inside. */
import type { Signal } from "@preact/signals";
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { BoardMap } from "../map/map";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Selection } from "./selection";
import { pick } from "./selection";

export function MapFrame({ selection }: { selection: Signal<Selection> }) {
  const { live } = useWatch();
  const container = useRef<HTMLDivElement>(null);
  const map = useRef<BoardMap | null>(null);
  useEffect(() => {
    if (container.current === null) return undefined;
    const drawn = new BoardMap(container.current, live.board, (kind, id) =>
      pick(selection, kind, id),
    );
    map.current = drawn;
    const stop = live.onFrame((changes) => drawn.show(changes));
    return () => {
      stop();
      drawn.remove();
      map.current = null;
    };
  }, [live, selection]);
  useSignalEffect(() => map.current?.showAges(live.now.value));
  useSignalEffect(() => map.current?.choose(selection.value));
  return (
    <section id="map-frame" aria-label={text.map}>
      <div id="map" ref={container} />
      <button class="show-all plain" type="button" onClick={() => map.current?.showAll()}>
        {text.showAll}
      </button>
    </section>
  );
}
