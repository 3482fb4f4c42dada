/** The map that is drawn on, beside Preact, which never touches its inside. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { HotSpot, TriedPlace } from "../model";
import { text } from "../text";
import type { Trial } from "../trial";
import { useWatch } from "../watch";
import type { Editing } from "./editing";
import type { Corner } from "./metres";
import type { Picture } from "./picture";
import { Sketch } from "./sketch";

/** Always the same, so that the map knows that nothing changed. */
const NONE: Picture["overlaps"] = [];

interface Props {
  editing: Editing | null;
  trial: Trial<TriedPlace>;
  /** Told where the middle of the map can be asked. */
  middle: { current: () => Corner };
}

export function SketchFrame({ editing, trial, middle }: Props) {
  const { live } = useWatch();
  const { route } = useLocation();
  const container = useRef<HTMLDivElement>(null);
  const sketch = useRef<Sketch | null>(null);
  const inHand = useRef(editing);
  inHand.current = editing;
  useLayoutEffect(() => {
    if (container.current === null) return undefined;
    const drawn = new Sketch(container.current, {
      pick: (at) => inHand.current?.pick(at),
      move: (at, to) => inHand.current?.move(at, to),
      insert: (at, corner) => inHand.current?.insert(at, corner),
      draw: (corner) => inHand.current?.draw(corner),
      endDrawing: () => inHand.current?.endDrawing(),
      open: (hotspotId) => route(`/edit/${encodeURIComponent(hotspotId)}`),
    });
    sketch.current = drawn;
    middle.current = () => drawn.middle();
    return () => {
      drawn.remove();
      sketch.current = null;
    };
  }, []);

  live.beat.value; // read again when the board changed
  const editedId = editing?.held?.id;
  const others = live.board.hotspots.sorted().filter((each) => each.hotspot_id !== editedId);
  const edited = editedId === undefined ? undefined : live.board.hotspots.get(editedId);
  useLayoutEffect(() => sketch.current?.showOthers(others), [versionsOf(others)]);
  const picture = pictureOf(editing, trial, edited);
  useLayoutEffect(() => sketch.current?.show(picture), picture ? Object.values(picture) : [null]);
  // What is opened is brought into view; so is the town once it is known. Saving moves nothing.
  useEffect(() => sketch.current?.fit(), [editedId, others.length > 0]);
  return (
    <section id="edit-map-frame" aria-label={text.editPage.map}>
      <div id="edit-map" ref={container} />
      <button class="show-all plain" type="button" onClick={() => sketch.current?.fit()}>
        {text.editPage.showAll}
      </button>
    </section>
  );
}

function versionsOf(hotspots: readonly HotSpot[]): string {
  return hotspots.map(({ hotspot_id, version }) => `${hotspot_id}@${version}`).join();
}

/** Until the service has measured what is edited, its ring is that in force. */
function pictureOf(
  editing: Editing | null,
  trial: Trial<TriedPlace>,
  inForce: HotSpot | undefined,
): Picture | null {
  if (editing === null) return null;
  return {
    shape: editing.shape,
    inHand: editing.inHand.value,
    corner: editing.corner.value,
    drawing: editing.drawing.value,
    catchment: editing.shape.length === 0 ? null : ((trial.last ?? inForce)?.catchment ?? null),
    isOld: trial.is !== "told",
    overlaps: (editing.draft.value.type === "hotspot" && trial.last?.overlaps) || NONE,
  };
}
