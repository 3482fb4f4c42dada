/**
 * What lies beneath the hot spots: nothing, a force's tiles, its PMTiles file, or streets.
 *
 * What `/v1/basemap` says is asked for once a page; a map is drawn without it until it is known,
 * and without it for good where it cannot be had.
 */
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { Layer, Map as LeafletMap } from "leaflet";
import { control, geoJSON, tileLayer } from "leaflet";
import { get } from "../api";
import { dark } from "../scheme";
import { onSchemeChange, readPalette } from "./palette";
import { paper } from "./paper";

interface BaseMap {
  kind: "none" | "tiles" | "pmtiles" | "streets";
  url: string | null;
  attribution: string | null;
}

interface Ground {
  draw(): Promise<Layer>;
  attribution: string | null;
}

const PANE = "ground";
/** Beneath Leaflet's own panes of what is drawn, which begin at 400. */
const BENEATH = "250";

let asked: Promise<Ground | null> | undefined;

/** Draws the force's ground beneath a map; what it returns ends that. */
export function layGround(map: LeafletMap): () => void {
  const pane = map.createPane(PANE);
  pane.style.zIndex = BENEATH;
  let laid: Layer | null = null;
  let ended = false;
  async function lay(): Promise<void> {
    asked ??= askGround();
    const ground = await asked;
    const layer = await ground?.draw();
    if (ended || layer === undefined) return;
    laid?.remove();
    laid = layer.addTo(map);
  }
  async function credit(): Promise<void> {
    const words = (await asked)?.attribution;
    if (words && !ended) control.attribution({ prefix: false }).addAttribution(words).addTo(map);
  }
  void lay().then(credit);
  const stop = onSchemeChange(() => void lay());
  return () => {
    ended = true;
    stop();
  };
}

async function askGround(): Promise<Ground | null> {
  try {
    const { kind, url, attribution } = await get<BaseMap>("/v1/basemap");
    if (kind === "none" || url === null) return null;
    const draw = { tiles, pmtiles, streets: await streetsOf(kind, url) }[kind];
    return { attribution, draw: () => draw(url) };
  } catch {
    return null;
  }
}

async function tiles(url: string): Promise<Layer> {
  return tileLayer(url, { pane: PANE, maxZoom: 19 });
}

/** Vector tiles by the Protomaps basemap's layers; the library is fetched by those who need it. */
async function pmtiles(url: string): Promise<Layer> {
  // It extends Leaflet's classes by their global name.
  Object.assign(window, { L: await import("leaflet") });
  const { leafletLayer } = await import("protomaps-leaflet");
  const flavor = dark.value ? "dark" : "light";
  return leafletLayer({ url, flavor, pane: PANE, attribution: "" }) as unknown as Layer;
}

async function streetsOf(kind: string, url: string): Promise<() => Promise<Layer>> {
  const drawn = kind === "streets" ? await get<FeatureCollection>(url) : undefined;
  return async () => {
    const { street, park } = readPalette();
    return geoJSON(drawn, {
      pane: PANE,
      interactive: false,
      renderer: paper({ pane: PANE, padding: 0.3 }),
      style: (feature?: Feature<Geometry, { kind?: string }>) => {
        const isPark = feature?.properties?.kind === "park";
        return isPark
          ? { stroke: false, fillColor: park, fillOpacity: 1 }
          : { color: street, weight: 5, lineCap: "round", fillColor: street };
      },
    } as Parameters<typeof geoJSON>[1]);
  };
}
