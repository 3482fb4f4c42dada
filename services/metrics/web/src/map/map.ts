/** The map: hot spots and units on one canvas, above the ground. */
import type { LatLngBounds, Map as LeafletMap } from "leaflet";
import { control, map as createMap, latLngBounds } from "leaflet";
import type { Kind, Selection } from "../board/selection";
import { statusOf } from "../board/today";
import type { Board, Changes } from "../live/board";
import { text } from "../text";
import { layGround } from "./ground";
import { HotSpotLayers } from "./hotspots";
import { onSchemeChange, readPalette } from "./palette";
import { paper } from "./paper";
import { TOLERANCE } from "./unitmarker";
import { UnitLayers } from "./units";

/** Great Britain, until there is something to show. */
const NOWHERE_YET = latLngBounds([49.9, -8.2], [58.7, 1.8]);
const CLOSEST_FIT = 17;
/** From this zoom on names and accuracy circles are shown; further out they would only be clutter. */
const CLOSE_ZOOM = 14;

/** Nobody has a mouse at a wall. */
const LEFT_ALONE = {
  boxZoom: false,
  doubleClickZoom: false,
  dragging: false,
  keyboard: false,
  scrollWheelZoom: false,
  zoomAnimation: false,
};

/** Told of each thing that was clicked. */
export type Pick = (kind: Kind, id: string) => void;

/** A `desk` map is moved by hand; a `wall` map keeps all hot spots in view by itself. */
export type Use = "desk" | "wall";

export class BoardMap {
  readonly #board: Board;
  readonly #use: Use;
  readonly #map: LeafletMap;
  readonly #hotspots: HotSpotLayers;
  readonly #units: UnitLayers;
  readonly #resizes: ResizeObserver;
  readonly #liftGround: () => void;
  readonly #stopRestyling: () => void;
  #chosen: Selection = null;
  #fitted = false;

  /** Draws the whole board as it is. */
  constructor(container: HTMLElement, board: Board, pick: Pick, use: Use = "desk") {
    this.#board = board;
    this.#use = use;
    this.#map = createMap(container, {
      renderer: paper({ padding: 0.3, tolerance: TOLERANCE }),
      attributionControl: false,
      zoomControl: false,
      zoomSnap: 0.25,
      ...(use === "wall" ? LEFT_ALONE : {}),
    });
    if (use === "desk") {
      control.zoom({ zoomInTitle: text.zoomIn, zoomOutTitle: text.zoomOut }).addTo(this.#map);
      control.scale({ imperial: false }).addTo(this.#map);
    }
    this.#liftGround = layGround(this.#map);
    this.#hotspots = new HotSpotLayers(this.#map, pick, readPalette());
    this.#units = new UnitLayers(this.#map, pick, readPalette());
    this.#map.on("zoomend", () => this.#onZoom());
    this.#map.fitBounds(NOWHERE_YET);
    this.#resizes = new ResizeObserver(() => this.#onResize());
    this.#resizes.observe(container);
    this.#stopRestyling = onSchemeChange(() => this.#restyle());
    this.show({ hotspots: new Set(board.hotspots.ids()), units: new Set(board.units.ids()) });
  }

  /** Takes it off the page. */
  remove(): void {
    this.#stopRestyling();
    this.#liftGround();
    this.#resizes.disconnect();
    this.#map.remove();
  }

  /** Draws what changed. The first hot spots or units that come are brought into view. */
  show(changes: Changes): void {
    const { hotspots, compliance } = this.#board;
    for (const id of changes.hotspots) {
      this.#hotspots.put(id, hotspots.get(id), statusOf(compliance.get(id)));
    }
    for (const id of changes.units) this.#units.put(id, this.#board.units.get(id));
    if (this.#use === "wall" && changes.hotspots.size > 0) this.showAll();
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

  #onResize(): void {
    this.#map.invalidateSize();
    if (this.#use === "wall") this.showAll();
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
