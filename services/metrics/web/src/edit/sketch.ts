/**
 * The map that is drawn on: other hot spots in the background, the boundary in hand, the ring by which
 * the service would judge, and hatched what is shared with others.
 *
 * It draws in SVG, so that the style sheet gives colours and what is shared needs no computing: it is
 * the other's ring, hatched, and clipped by this one's.
 */
import type { LatLng, LatLngBounds, Map as LeafletMap } from "leaflet";
import {
  control,
  map as createMap,
  DomEvent,
  geoJSON,
  latLngBounds,
  layerGroup,
  polygon,
  polyline,
  svg,
  tooltip,
} from "leaflet";
import { make, write } from "../dom";
import { layGround } from "../map/ground";
import type { HotSpot } from "../model";
import { text } from "../text";
import { Handles } from "./handles";
import { clipBy, definePatterns } from "./hatching";
import { cornerOf, latLngsOf, pointOf, pointsOf } from "./latlng";
import type { Corner } from "./metres";
import type { Hand, Picture } from "./picture";
import type { Shape } from "./shape";
import { ringAt } from "./shape";

/** Great Britain, until there is something to show. */
const NOWHERE_YET = latLngBounds([49.9, -8.2], [58.7, 1.8]);
const CLOSEST_FIT = 18;
/** From this zoom on names are shown. */
const CLOSE_ZOOM = 14;

export class Sketch {
  readonly #map: LeafletMap;
  readonly #hand: Hand;
  readonly #others = layerGroup();
  readonly #shared = layerGroup();
  readonly #ring = polygon([], { className: "own-ring", interactive: false, noClip: true });
  readonly #core = polygon([], { className: "own-core", interactive: false, noClip: true });
  readonly #excluded = polygon([], { className: "own-excluded", interactive: false });
  readonly #lead = polyline([], { className: "own-lead", interactive: false });
  readonly #handles: Handles;
  readonly #hotspots = new Map<string, HotSpot>();
  readonly #resizes: ResizeObserver;
  readonly #liftGround: () => void;
  #picture: Picture | null = null;

  constructor(container: HTMLElement, hand: Hand) {
    this.#hand = hand;
    this.#map = createMap(container, {
      renderer: svg({ padding: 0.5 }),
      attributionControl: false,
      zoomControl: false,
      zoomSnap: 0.25,
    });
    control.zoom({ zoomInTitle: text.zoomIn, zoomOutTitle: text.zoomOut }).addTo(this.#map);
    control.scale({ imperial: false }).addTo(this.#map);
    this.#map.fitBounds(NOWHERE_YET);
    this.#liftGround = layGround(this.#map);
    for (const layer of [this.#others, this.#ring, this.#core, this.#excluded, this.#shared]) {
      layer.addTo(this.#map);
    }
    this.#lead.addTo(this.#map);
    this.#handles = new Handles(this.#map, hand, (shape) => this.#preview(shape));
    definePatterns(this.#ring);
    this.#map.on("click", ({ latlng }) => this.#press(latlng));
    this.#map.on("mousemove", ({ latlng }) => this.#leadTo(latlng));
    this.#map.on("moveend zoomend", () => this.#onMove());
    DomEvent.on(container, "keydown", (event) => this.#onKey(event as KeyboardEvent));
    this.#resizes = new ResizeObserver(() => this.#map.invalidateSize());
    this.#resizes.observe(container);
    this.#onMove();
  }

  /** Takes it off the page. */
  remove(): void {
    this.#resizes.disconnect();
    this.#liftGround();
    this.#map.remove();
  }

  /** The middle of what is in view. */
  middle(): Corner {
    return cornerOf(this.#map.getCenter());
  }

  /** Brings what is edited into view, or else all there is. */
  fit(): void {
    const own = latLngBounds([]);
    for (const layer of [this.#core, this.#excluded, this.#ring]) own.extend(layer.getBounds());
    const bounds = own.isValid() ? own.pad(0.25) : this.#allBounds();
    if (bounds === null) return;
    this.#map.fitBounds(bounds, { padding: [24, 24], maxZoom: CLOSEST_FIT, animate: false });
  }

  /** Draws the other hot spots: those that are not edited. */
  showOthers(hotspots: readonly HotSpot[]): void {
    this.#others.clearLayers();
    this.#hotspots.clear();
    for (const hotspot of hotspots) {
      this.#hotspots.set(hotspot.hotspot_id, hotspot);
      this.#drawOther(hotspot);
    }
    this.#hatch();
  }

  /** Draws what is edited; null where nothing is. */
  show(picture: Picture | null): void {
    this.#picture = picture;
    const drawing = picture?.drawing === true;
    this.#map.getContainer().classList.toggle("drawing", drawing);
    // A second press on the last corner is to end the outline.
    if (drawing) this.#map.doubleClickZoom.disable();
    else this.#map.doubleClickZoom.enable();
    this.#outline(picture?.shape ?? []);
    this.#ring.setLatLngs(picture?.catchment ? latLngsOf(picture.catchment) : []);
    this.#ring.getElement()?.classList.toggle("stale", picture?.isOld === true);
    this.#lead.setLatLngs([]);
    this.#hatch();
    this.#handles.show(picture);
  }

  #outline(shape: Shape): void {
    const counting = shape.filter((area) => !area.excluded);
    const excluded = shape.filter((area) => area.excluded);
    this.#core.setLatLngs(counting.map(({ rings }) => rings.map(pointsOf)));
    this.#excluded.setLatLngs(excluded.map(({ rings }) => rings.map(pointsOf)));
  }

  #preview(shape: Shape): void {
    this.#outline(shape);
    this.#ring.getElement()?.classList.add("stale");
    this.#clip();
  }

  #drawOther({ hotspot_id, name, geometry, catchment }: HotSpot): void {
    const core = geoJSON(geometry, { style: { className: "other-core" } });
    core.on("click", () => {
      if (this.#picture === null) this.#hand.open(hotspot_id);
    });
    const words = make("span", "label-name");
    write(words, name);
    const bounds = core.getBounds();
    const label = tooltip({
      permanent: true,
      direction: "top",
      className: "hotspot-label",
      pane: "overlayPane", // under the handles
    })
      .setLatLng([bounds.getNorth(), bounds.getCenter().lng])
      .setContent(words);
    const ring = geoJSON(catchment, { interactive: false, style: { className: "other-ring" } });
    for (const layer of [ring, core, label]) this.#others.addLayer(layer);
  }

  #hatch(): void {
    this.#shared.clearLayers();
    for (const { hotspot_id, ring } of this.#picture?.overlaps ?? []) {
      const other = this.#hotspots.get(hotspot_id);
      if (other === undefined) continue;
      const theirs = polygon(latLngsOf(ring === "core" ? other.geometry : other.catchment), {
        className: "shared",
        fillColor: `url(#hatch-${ring})`,
        fillOpacity: 1,
        interactive: false,
        noClip: true,
        stroke: false,
      });
      this.#shared.addLayer(theirs);
      theirs.getElement()?.setAttribute("clip-path", `url(#own-${ring})`);
    }
    this.#excluded.bringToFront(); // it is shared with nobody
    this.#clip();
  }

  /** Has what is shared end where the rings of what is edited end. */
  #clip(): void {
    clipBy("own-core", this.#core);
    clipBy("own-catchment", this.#ring);
  }

  #press(at: LatLng): void {
    if (this.#picture?.drawing) this.#hand.draw(cornerOf(at.wrap()));
  }

  /** A line from the last corner to the pointer, while drawing. */
  #leadTo(at: LatLng): void {
    const picture = this.#picture;
    const last = picture?.drawing ? ringAt(picture.shape, picture.inHand).at(-1) : undefined;
    if (last !== undefined) this.#lead.setLatLngs([pointOf(last), at]);
  }

  #onKey(event: KeyboardEvent): void {
    const onMap = event.target === this.#map.getContainer();
    const ends = event.key === "Enter" || event.key === "Escape";
    if (!onMap || !ends || !this.#picture?.drawing) return;
    event.preventDefault();
    this.#hand.endDrawing();
  }

  #onMove(): void {
    this.#map.getContainer().classList.toggle("close", this.#map.getZoom() >= CLOSE_ZOOM);
    this.#clip();
  }

  #allBounds(): LatLngBounds | null {
    const bounds = latLngBounds([]);
    for (const { catchment } of this.#hotspots.values()) {
      bounds.extend(geoJSON(catchment).getBounds());
    }
    return bounds.isValid() ? bounds : null;
  }
}
