/**
 * The hot spots on the map: the core in the colour of how its day stands, with its sign and name
 * above; the catchment a faint dashed line.
 */
import type { GeoJSON, LatLngBounds, Map as LeafletMap, PathOptions, Tooltip } from "leaflet";
import { geoJSON, latLngBounds, tooltip } from "leaflet";
import { make } from "../dom";
import type { DayStatus, HotSpot } from "../model";
import { showLabel } from "./hotspotlabel";
import { Layers } from "./layers";
import type { Pick } from "./map";
import type { Palette } from "./palette";

interface Drawn {
  hotspot: HotSpot;
  status: DayStatus;
  core: GeoJSON;
  catchment: GeoJSON;
  label: Tooltip;
}

export class HotSpotLayers extends Layers<Drawn> {
  readonly #map: LeafletMap;
  readonly #pick: Pick;

  constructor(map: LeafletMap, pick: Pick, palette: Palette) {
    super(palette);
    this.#map = map;
    this.#pick = pick;
  }

  /** Draws a hot spot as it now is; undefined takes it away. */
  put(id: string, hotspot: HotSpot | undefined, status: DayStatus): void {
    const before = this.drawn.get(id);
    if (before !== undefined && before.hotspot.version === hotspot?.version) {
      const same = before.status === status && looksTheSame(before.hotspot, hotspot);
      before.hotspot = hotspot;
      before.status = status;
      if (!same) this.style(before);
      return;
    }
    if (before !== undefined) {
      for (const layer of [before.core, before.catchment, before.label]) layer.remove();
      this.drawn.delete(id);
    }
    if (hotspot !== undefined) this.#draw(id, hotspot, status);
  }

  boundsOf(id: string): LatLngBounds | null {
    return this.drawn.get(id)?.catchment.getBounds() ?? null;
  }

  /** What holds all of them; null where there are none. */
  bounds(): LatLngBounds | null {
    if (this.drawn.size === 0) return null;
    const all = latLngBounds([]);
    for (const { catchment } of this.drawn.values()) all.extend(catchment.getBounds());
    return all;
  }

  #draw(id: string, hotspot: HotSpot, status: DayStatus): void {
    const core = geoJSON(hotspot.geometry).addTo(this.#map).bringToBack();
    const catchment = geoJSON(hotspot.catchment, { interactive: false })
      .addTo(this.#map)
      .bringToBack();
    core.on("click", () => this.#pick("hotspot", id));
    const bounds = core.getBounds();
    const label = tooltip({ permanent: true, direction: "top", className: "hotspot-label" })
      .setLatLng([bounds.getNorth(), bounds.getCenter().lng])
      .setContent(make("span", "label-name"))
      .addTo(this.#map);
    const drawn = { hotspot, status, core, catchment, label };
    this.drawn.set(id, drawn);
    this.style(drawn);
  }

  protected override style({ hotspot, status, core, catchment, label }: Drawn): void {
    const chosen = hotspot.hotspot_id === this.chosen;
    const patrolled = hotspot.units_present > 0;
    const fill = this.palette.days[status];
    const line: PathOptions = { color: chosen ? this.palette.chosen : fill };
    core.setStyle({
      ...line,
      weight: chosen ? 3 : 2,
      fillColor: fill,
      fillOpacity: patrolled ? 0.34 : 0.18,
    });
    catchment.setStyle({
      ...line,
      weight: 1,
      opacity: 0.5,
      dashArray: "4 5",
      fillColor: fill,
      fillOpacity: 0.04,
    });
    showLabel(label.getContent() as HTMLElement, hotspot.name, status);
  }
}

/** Restyling costs more than counting minutes, which most updates do. */
function looksTheSame(before: HotSpot, now: HotSpot): boolean {
  return before.units_present > 0 === now.units_present > 0;
}
