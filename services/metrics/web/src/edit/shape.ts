/**
 * A boundary as it is edited: areas that count, and areas that do not. Pure.
 *
 * Each area has rings of corners: its outline, then its holes. Here a ring does not repeat its first
 * corner, and while somebody draws it, it may have fewer corners than an area needs.
 */
import type { MultiPolygon, Polygon, Position } from "geojson";
import type { Corner } from "./metres";
import { between, rounded } from "./metres";

export const FEWEST_CORNERS = 3;

export type Ring = readonly Corner[];

/** `excluded` areas lie in neither ring of the hot spot: a police station, say. */
export interface Area {
  excluded: boolean;
  rings: readonly Ring[];
}

export type Shape = readonly Area[];

export interface RingAt {
  area: number;
  ring: number;
}

export interface CornerAt extends RingAt {
  corner: number;
}

type Geometry = Polygon | MultiPolygon;

/** A boundary as the service has it. */
export function shapeOf(geometry: Geometry, excludes: readonly Geometry[]): Shape {
  return [
    ...areasOf(geometry, false),
    ...excludes.flatMap((each: Geometry) => areasOf(each, true)),
  ];
}

/** What counts, as the service takes it. */
export function geometryOf(shape: Shape): Geometry {
  const polygons = shape.filter((area) => !area.excluded).map(positionsOf);
  const [only, ...more] = polygons;
  return only !== undefined && more.length === 0
    ? { type: "Polygon", coordinates: only }
    : { type: "MultiPolygon", coordinates: polygons };
}

/** What does not count, as the service takes it. */
export function excludesOf(shape: Shape): Polygon[] {
  return shape
    .filter((area) => area.excluded)
    .map((area) => ({ type: "Polygon", coordinates: positionsOf(area) }));
}

/** Whether there is an area that counts, and each ring has corners enough. */
export function isWhole(shape: Shape): boolean {
  const rings = shape.flatMap((area) => area.rings);
  return (
    shape.some((area) => !area.excluded) && rings.every((ring) => ring.length >= FEWEST_CORNERS)
  );
}

export function ringAt(shape: Shape, at: RingAt): Ring {
  return shape[at.area]?.rings[at.ring] ?? [];
}

export function cornerAt(shape: Shape, at: CornerAt): Corner | undefined {
  return ringAt(shape, at)[at.corner];
}

/** The shape with a corner elsewhere. */
export function withCorner(shape: Shape, at: CornerAt, corner: Corner): Shape {
  return withRing(shape, at, ringAt(shape, at).with(at.corner, rounded(corner)));
}

/** The shape with one more corner, which then stands at `at`. */
export function withNewCorner(shape: Shape, at: CornerAt, corner: Corner): Shape {
  return withRing(shape, at, ringAt(shape, at).toSpliced(at.corner, 0, rounded(corner)));
}

/** The shape without a corner. */
export function withoutCorner(shape: Shape, at: CornerAt): Shape {
  return withRing(shape, at, ringAt(shape, at).toSpliced(at.corner, 1));
}

/** The shape with another area, last. */
export function withArea(shape: Shape, excluded: boolean, outline: Ring): Shape {
  return [...shape, { excluded, rings: [outline.map(rounded)] }];
}

/** The shape without a ring; without its outline an area is gone. */
export function withoutRing(shape: Shape, at: RingAt): Shape {
  if (at.ring === 0) return shape.toSpliced(at.area, 1);
  return shape.map((area, number) =>
    number === at.area ? { ...area, rings: area.rings.toSpliced(at.ring, 1) } : area,
  );
}

/** Where a new corner after that one stands: half way to the next. */
export function halfwayAfter(shape: Shape, at: CornerAt): Corner | undefined {
  const ring = ringAt(shape, at);
  const here = ring[at.corner];
  const next = ring[(at.corner + 1) % ring.length];
  return here === undefined || next === undefined ? undefined : between(here, next);
}

/** Every ring, in order. */
export function ringsOf(shape: Shape): RingAt[] {
  return shape.flatMap(({ rings }, area) => rings.map((_, ring) => ({ area, ring })));
}

function withRing(shape: Shape, at: RingAt, ring: Ring): Shape {
  return shape.map((area, number) =>
    number === at.area ? { ...area, rings: area.rings.with(at.ring, ring) } : area,
  );
}

function areasOf(geometry: Geometry, excluded: boolean): Area[] {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) => ({ excluded, rings: rings.map(cornersOf) }));
}

function cornersOf(positions: Position[]): Ring {
  return positions.slice(0, -1).map(([lon = 0, lat = 0]): Corner => [lon, lat]);
}

function positionsOf({ rings }: Area): Position[][] {
  return rings.map((ring) => [...ring, ...ring.slice(0, 1)].map((corner) => [...corner]));
}
