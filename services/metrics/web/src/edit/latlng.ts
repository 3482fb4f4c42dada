/** Places as Leaflet has them, latitude first, and as GeoJSON and the shape have them. */
import type { LatLng, Polygon } from "leaflet";
import { geoJSON } from "leaflet";
import type { HotSpot } from "../model";
import type { Corner } from "./metres";
import type { Ring } from "./shape";

export function pointOf([lon, lat]: Corner): [number, number] {
  return [lat, lon];
}

export function pointsOf(ring: Ring): [number, number][] {
  return ring.map(pointOf);
}

export function cornerOf({ lng, lat }: LatLng): Corner {
  return [lng, lat];
}

export function latLngsOf(geometry: HotSpot["geometry"]): ReturnType<Polygon["getLatLngs"]> {
  const [only] = geoJSON(geometry).getLayers();
  return (only as Polygon).getLatLngs();
}
