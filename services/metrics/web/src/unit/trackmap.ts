/** The map of one track: its line, its gaps, and where the radio was at one moment. */
import type { LatLngTuple, LayerGroup, Map as LeafletMap } from "leaflet";
import {
  circle,
  circleMarker,
  control,
  map as createMap,
  geoJSON,
  latLngBounds,
  layerGroup,
  polyline,
} from "leaflet";
import { make, write } from "../dom";
import { duration } from "../format";
import { layGround } from "../map/ground";
import { onSchemeChange, readPalette } from "../map/palette";
import { paper } from "../map/paper";
import { text } from "../text";
import type { HotSpots } from "./hotspots";
import type { Fix, Gap, Track } from "./track";

const CLOSEST_FIT = 17;
/** From this zoom on each fix has its circle of accuracy; further out they would cover the line. */
const CLOSE_ZOOM = 17;

type Standing = { fix: Fix; gap: Gap | null } | null;

export class TrackMap {
  readonly #map: LeafletMap;
  readonly #beneath: LayerGroup;
  readonly #line: LayerGroup;
  readonly #accuracies = layerGroup();
  readonly #here: LayerGroup;
  readonly #liftGround: () => void;
  readonly #stopRestyling: () => void;
  readonly #resizing: ResizeObserver;
  #drawn: [Track, HotSpots, ReadonlySet<string>] | null = null;
  #standing: Standing = null;

  constructor(container: HTMLElement) {
    this.#map = createMap(container, {
      renderer: paper({ padding: 0.3 }),
      attributionControl: false,
      zoomControl: false,
      zoomSnap: 0.25,
    });
    control.zoom({ zoomInTitle: text.zoomIn, zoomOutTitle: text.zoomOut }).addTo(this.#map);
    control.scale({ imperial: false }).addTo(this.#map);
    this.#map.setView([54.5, -3], 5);
    // Names of hot spots show on the board from near by alone; here there is room for all.
    container.classList.add("close");
    this.#liftGround = layGround(this.#map);
    this.#beneath = layerGroup().addTo(this.#map);
    this.#line = layerGroup().addTo(this.#map);
    this.#here = layerGroup().addTo(this.#map);
    this.#map.on("zoomend", () => this.#onZoom());
    this.#resizing = new ResizeObserver(() => this.#map.invalidateSize());
    this.#resizing.observe(container);
    this.#stopRestyling = onSchemeChange(() => this.#redraw());
  }

  /** Takes it off the page. */
  remove(): void {
    this.#stopRestyling();
    this.#liftGround();
    this.#resizing.disconnect();
    this.#map.remove();
  }

  /** Draws a track and brings it, or else the hot spots, into view; `visited` ones had a visit. */
  draw(track: Track, hotspots: HotSpots, visited: ReadonlySet<string>): void {
    const isAnother = this.#drawn?.[0] !== track;
    this.#drawn = [track, hotspots, visited];
    this.#redraw();
    const bounds = latLngBounds(track.stretches.flat().map(placeOf));
    if (!bounds.isValid()) {
      for (const { geometry } of hotspots.values()) bounds.extend(geoJSON(geometry).getBounds());
    }
    if (isAnother && bounds.isValid()) {
      this.#map.fitBounds(bounds, { padding: [28, 28], maxZoom: CLOSEST_FIT });
    }
  }

  /** Marks where the radio was; in a gap where it was before, and empty, for it is not known. */
  stand(standing: Standing): void {
    this.#standing = standing;
    this.#here.clearLayers();
    if (standing === null) return;
    const { fix, gap } = standing;
    const palette = readPalette();
    const place = placeOf(fix);
    if (gap === null && fix.accuracy_m !== null) {
      circle(place, {
        radius: fix.accuracy_m,
        interactive: false,
        color: palette.chosen,
        weight: 1.5,
        fillOpacity: 0.12,
      }).addTo(this.#here);
    }
    circleMarker(place, {
      radius: 8,
      interactive: false,
      color: gap === null ? palette.unitEdge : palette.chosen,
      weight: gap === null ? 2 : 3,
      fillColor: palette.chosen,
      fillOpacity: gap === null ? 1 : 0,
    }).addTo(this.#here);
    if (!this.#map.getBounds().contains(place)) this.#map.panTo(place, { animate: false });
  }

  #redraw(): void {
    if (this.#drawn === null) return;
    const [track, hotspots, visited] = this.#drawn;
    for (const layer of [this.#beneath, this.#line, this.#accuracies]) layer.clearLayers();
    this.#drawHotSpots(hotspots, visited);
    for (const gap of track.gaps) this.#drawGap(gap);
    for (const stretch of track.stretches) this.#drawStretch(stretch);
    this.stand(this.#standing);
  }

  #drawHotSpots(hotspots: HotSpots, visited: ReadonlySet<string>): void {
    const palette = readPalette();
    for (const [id, hotspot] of hotspots) {
      const colour = visited.has(id) ? palette.days.met : palette.unitQuiet;
      const core = geoJSON(hotspot.geometry, {
        interactive: false,
        style: {
          color: colour,
          weight: 1.25,
          opacity: 0.7,
          fillOpacity: visited.has(id) ? 0.14 : 0,
        },
      }).addTo(this.#beneath);
      const name = make("span", "label-name");
      write(name, hotspot.name);
      core.bindTooltip(name, { permanent: true, direction: "center", className: "hotspot-label" });
    }
  }

  #drawStretch(stretch: readonly Fix[]): void {
    const palette = readPalette();
    const places = stretch.map(placeOf);
    polyline(places, { interactive: false, color: palette.unit, weight: 2.5, opacity: 0.75 }).addTo(
      this.#line,
    );
    for (const { lat, lon, accuracy_m } of stretch) {
      circleMarker([lat, lon], {
        radius: 2,
        interactive: false,
        stroke: false,
        fillColor: palette.unit,
        fillOpacity: 1,
      }).addTo(this.#line);
      if (accuracy_m === null) continue;
      circle([lat, lon], {
        radius: accuracy_m,
        interactive: false,
        color: palette.unit,
        weight: 0.5,
        opacity: 0.3,
        fillOpacity: 0.02,
      }).addTo(this.#accuracies);
    }
  }

  /** Straight and dotted, with its length in words: nobody may take it for a path. */
  #drawGap({ before, after }: Gap): void {
    const palette = readPalette();
    const words = make("span", "");
    write(words, duration(after.at - before.at));
    polyline([placeOf(before), placeOf(after)], {
      interactive: false,
      color: palette.days.behind,
      weight: 3,
      dashArray: "1 8",
      lineCap: "round",
    })
      .bindTooltip(words, { permanent: true, direction: "center", className: "gap-label" })
      .addTo(this.#line);
    for (const end of [before, after]) {
      circleMarker(placeOf(end), {
        radius: 4,
        interactive: false,
        color: palette.days.behind,
        weight: 1.5,
        fillOpacity: 0,
      }).addTo(this.#line);
    }
  }

  #onZoom(): void {
    if (this.#map.getZoom() >= CLOSE_ZOOM) this.#accuracies.addTo(this.#map);
    else this.#accuracies.remove();
  }
}

function placeOf({ lat, lon }: Fix): LatLngTuple {
  return [lat, lon];
}
