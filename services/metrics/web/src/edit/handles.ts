/** The handles of the outline in hand: one at each corner, and a smaller one half way to the next. */
import type { LayerGroup, Map as LeafletMap } from "leaflet";
import { divIcon, layerGroup, marker } from "leaflet";
import { make } from "../dom";
import { cornerOf, pointOf } from "./latlng";
import type { Corner } from "./metres";
import { between } from "./metres";
import type { Hand, Picture } from "./picture";
import type { CornerAt, Shape } from "./shape";
import { FEWEST_CORNERS, ringAt, withCorner, withNewCorner } from "./shape";

/** More than these nobody could tell apart. */
export const MOST_HANDLES = 200;
const CORNER_PX = 22;
const SMALL_PX = 12;
/** Nearer to the next corner than this, in pixels, a number would lie on another. */
const CROWDED_PX = 24;

export class Handles {
  readonly #layer: LayerGroup = layerGroup();
  readonly #map: LeafletMap;
  readonly #hand: Hand;
  /** Draws the boundary as it would be if the handle were let go now. */
  readonly #preview: (shape: Shape) => void;
  #picture: Picture | null = null;

  constructor(map: LeafletMap, hand: Hand, preview: (shape: Shape) => void) {
    this.#layer.addTo(map);
    this.#map = map;
    map.on("zoomend", () => this.#redraw());
    this.#hand = hand;
    this.#preview = preview;
  }

  /** Leaves them as they are where nothing of theirs changed: one may be under a finger. */
  show(picture: Picture | null): void {
    const before = this.#picture;
    this.#picture = picture;
    if (!same(before, picture)) this.#redraw();
  }

  #redraw(): void {
    this.#layer.clearLayers();
    if (this.#picture !== null) this.#draw(this.#picture);
  }

  #draw({ shape, inHand, corner, drawing }: Picture): void {
    const ring = ringAt(shape, inHand);
    const canInsert = !drawing && ring.length >= FEWEST_CORNERS && ring.length <= MOST_HANDLES;
    for (const [number, place] of ring.slice(0, MOST_HANDLES).entries()) {
      const next = ring[(number + 1) % ring.length] ?? place;
      const gap = this.#pixelsBetween(place, next);
      if (canInsert && gap > 2 * CROWDED_PX) {
        this.#drawHalfway(shape, { ...inHand, corner: number + 1 }, between(place, next));
      }
      const look = number === corner ? "picked" : gap < CROWDED_PX ? "crowded" : "";
      this.#drawCorner(shape, { ...inHand, corner: number }, place, look);
    }
  }

  #pixelsBetween(one: Corner, other: Corner): number {
    const to = this.#map.latLngToContainerPoint(pointOf(other));
    return this.#map.latLngToContainerPoint(pointOf(one)).distanceTo(to);
  }

  #drawCorner(shape: Shape, at: CornerAt, place: Corner, look: string): void {
    const number = make("span", "");
    number.textContent = String(at.corner + 1);
    const size = look === "crowded" ? SMALL_PX : CORNER_PX;
    const handle = this.#handle(`corner ${look}`, size, place, number);
    handle.on("drag", () => this.#preview(withCorner(shape, at, cornerOf(handle.getLatLng()))));
    handle.on("dragend", () => this.#hand.move(at, cornerOf(handle.getLatLng())));
    handle.on("click", () => this.#press(at));
  }

  #drawHalfway(shape: Shape, at: CornerAt, place: Corner): void {
    const handle = this.#handle("halfway", SMALL_PX, place);
    handle.on("drag", () => this.#preview(withNewCorner(shape, at, cornerOf(handle.getLatLng()))));
    handle.on("dragend", () => this.#hand.insert(at, cornerOf(handle.getLatLng())));
    handle.on("click", () => this.#hand.insert(at, place));
  }

  /** The table of corners does the same by keyboard, so that no handle takes the focus. */
  #handle(className: string, size: number, place: Corner, ...inside: HTMLElement[]) {
    const icon = divIcon({
      className,
      html: make("span", "handle", ...inside),
      iconSize: [size, size],
    });
    const handle = marker(pointOf(place), { icon, draggable: true, keyboard: false });
    this.#layer.addLayer(handle);
    return handle;
  }

  /** While drawing, the first corner closes the outline; so does a second press on the last. */
  #press(at: CornerAt): void {
    if (this.#picture === null) return;
    const { shape, inHand, drawing } = this.#picture;
    const { length } = ringAt(shape, inHand);
    if (!drawing) this.#hand.pick(at);
    else if (length >= FEWEST_CORNERS && (at.corner === 0 || at.corner === length - 1)) {
      this.#hand.endDrawing();
    }
  }
}

function same(before: Picture | null, now: Picture | null): boolean {
  if (before === null || now === null) return before === now;
  return (
    before.shape === now.shape &&
    before.inHand === now.inHand &&
    before.corner === now.corner &&
    before.drawing === now.drawing
  );
}
