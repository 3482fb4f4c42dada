import type { MultiPolygon, Polygon } from "geojson";
import { expect, test } from "vitest";
import type { Shape } from "../src/edit/shape";
import {
  excludesOf,
  geometryOf,
  halfwayAfter,
  isWhole,
  ringsOf,
  shapeOf,
  withArea,
  withCorner,
  withNewCorner,
  withoutCorner,
  withoutRing,
} from "../src/edit/shape";

const TRIANGLE: [number, number][] = [
  [0, 50],
  [2, 50],
  [2, 51],
];
const CLOSED = [...TRIANGLE, [0, 50]];
const ONE: Polygon = { type: "Polygon", coordinates: [CLOSED] };
const HOLED: Polygon = { type: "Polygon", coordinates: [CLOSED, CLOSED] };
const TWO: MultiPolygon = { type: "MultiPolygon", coordinates: [[CLOSED], [CLOSED, CLOSED]] };
const SHAPE: Shape = [{ excluded: false, rings: [TRIANGLE] }];
const FIRST = { area: 0, ring: 0 };

test.each([
  [ONE, []],
  [HOLED, [ONE]],
  [TWO, [HOLED, ONE]],
])("a boundary is told as it was read (%#)", (geometry, excludes) => {
  const shape = shapeOf(geometry, excludes);
  expect(geometryOf(shape)).toEqual(geometry);
  expect(excludesOf(shape)).toEqual(excludes);
});

test("several areas of one exclude become as many excludes", () => {
  expect(excludesOf(shapeOf(ONE, [TWO]))).toEqual([ONE, HOLED]);
});

test("a corner is moved, added and removed, and nothing else changes", () => {
  const shape = shapeOf(HOLED, [ONE]);
  const at = { area: 0, ring: 1, corner: 1 };
  const changed = withCorner(shape, at, [9, 9]);
  expect(changed[0]?.rings[1]).toEqual([
    [0, 50],
    [9, 9],
    [2, 51],
  ]);
  expect(changed[0]?.rings[0]).toBe(shape[0]?.rings[0]);
  expect(changed[1]).toBe(shape[1]);
  expect(withoutCorner(withNewCorner(shape, at, [9, 9]), at)).toEqual(shape);
});

test("half way after the last corner lies towards the first", () => {
  expect(halfwayAfter(SHAPE, { ...FIRST, corner: 2 })).toEqual([1, 50.5]);
  expect(halfwayAfter(SHAPE, { ...FIRST, corner: 3 })).toBeUndefined();
});

test("without its hole an area stays, without its outline it is gone", () => {
  const shape = shapeOf(HOLED, []);
  expect(withoutRing(shape, { area: 0, ring: 1 })).toEqual(SHAPE);
  expect(withoutRing(shape, FIRST)).toEqual([]);
});

test("rings are named area by area", () => {
  expect(ringsOf(shapeOf(HOLED, [ONE]))).toEqual([
    { area: 0, ring: 0 },
    { area: 0, ring: 1 },
    { area: 1, ring: 0 },
  ]);
});

test.each([
  [[], false],
  [SHAPE, true],
  [withArea(SHAPE, false, TRIANGLE.slice(1)), false],
  [withArea([], true, TRIANGLE), false],
  [withArea(SHAPE, true, TRIANGLE), true],
])("whether a shape can be told (%#): %s", (shape, whole) => {
  expect(isWhole(shape)).toBe(whole);
});
