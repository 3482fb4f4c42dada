/** The map: hot spots and units on one canvas, without tiles. */
import type { LatLngBounds, Map as LeafletMap } from "leaflet";
import { canvas, control, map as createMap, latLngBounds } from "leaflet";
import type { Kind, Selection } from "../board/selection";
import type { Board, Changes } from "../live/board";
import { text } from "../text";
import { HotSpotLayers } from "./hotspots";
import { onSchemeChange, readPalette } from "./palette";
import { UnitLayers } from "./units";

/** Great Britain, until there is something to show. */
const NOWHERE_YET = latLngBounds([49.9, -8.2], [58.7, 1.8]);
const CLOSEST_FIT = 17;
/** From this zoom on names and accuracy circles are shown; further out they would only be clutter. */
const CLOSE_ZOOM = 14;

/** Told of each thing that was clicked. */
export type Pick = (kind: Kind, id: string) => void;

export class BoardMap {
  readonly #board: Board;
  readonly #map: LeafletMap;
  readonly #hotspots: HotSpotLayers;
  readonly #units: UnitLayers;
  readonly #stopRestyling: () => void;
  #chosen: Selection = null;
  #fitted = false;

  /** Draws the whole board as it is. */
  constructor(container: HTMLElement, board: Board, pick: Pick) {
    this.#board = board;
    this.#map = createMap(container, {
      renderer: canvas({ padding: 0.3, tolerance: 4 }),
      attributionControl: false,
      zoomControl: false,
      zoomSnap: 0.25,
    });
    control.zoom({ zoomInTitle: text.zoomIn, zoomOutTitle: text.zoomOut }).addTo(this.#map);
    control.scale({ imperial: false }).addTo(this.#map);
    this.#hotspots = new HotSpotLayers(this.#map, pick, readPalette());
    this.#units = new UnitLayers(this.#map, pick, readPalette());
    this.#map.on("zoomend", () => this.#onZoom());
    this.#map.fitBounds(NOWHERE_YET);
    new ResizeObserver(() => this.#map.invalidateSize()).observe(container);
    this.#stopRestyling = onSchemeChange(() => this.#restyle());
    this.show({ hotspots: new Set(board.hotspots.ids()), units: new Set(board.units.ids()) });
  }

  /** Takes it off the page. */
  remove(): void {
    this.#stopRestyling();
    this.#map.remove();
  }

  /** Draws what changed. The first hot spots or units that come are brought into view. */
  show(changes: Changes): void {
    for (const id of changes.hotspots) this.#hotspots.put(id, this.#board.hotspots.get(id));
    for (const id of changes.units) this.#units.put(id, this.#board.units.get(id));
    if (!this.#fitted && this.showAll()) this.#fitted = true;
  }

  /** Marks what was picked, and brings it into view. */
  choose(selection: Selection): void {
    if (selection === this.#chosen) return;
    this.#chosen = selection;
    this.#hotspots.choose(selection?.kind === "hotspot" ? selection.id : null);
    this.#units.choose(selection?.kind === "unit" ? selection.id : null);
    if (selection === null) return;
    const layers = selection.kind === "hotspot" ? this.#hotspots : this.#units;
    const bounds = layers.boundsOf(selection.id);
    if (bounds !== null) this.#fit(bounds);
  }

  /** The ages beside the units' names; `now` in epoch milliseconds. */
  showAges(now: number): void {
    this.#units.showAges(now);
  }

  /** Whether there was anything to bring into view: hot spots, or else units. */
  showAll(): boolean {
    const bounds = this.#hotspots.bounds() ?? this.#units.bounds();
    if (bounds === null) return false;
    this.#fit(bounds);
    return true;
  }

  #fit(bounds: LatLngBounds): void {
    this.#map.fitBounds(bounds, { padding: [36, 36], maxZoom: CLOSEST_FIT });
  }

  #onZoom(): void {
    const close = this.#map.getZoom() >= CLOSE_ZOOM;
    this.#map.getContainer().classList.toggle("close", close);
    this.#units.showAccuracy(close);
  }

  #restyle(): void {
    this.#hotspots.restyle(readPalette());
    this.#units.restyle(readPalette());
  }
}
