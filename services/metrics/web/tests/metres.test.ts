import { expect, test } from "vitest";
import type { Corner } from "../src/edit/metres";
import { between, middleOf, moved, squareAround } from "../src/edit/metres";

const EARTH_M = 6_371_008;

/** The distance on a sphere, which differs from the ellipsoid by 0.6 % at most. */
function metresBetween([lon, lat]: Corner, [otherLon, otherLat]: Corner): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (a: number, b: number) => Math.sin(radians(a - b) / 2) ** 2;
  const chord =
    half(otherLat, lat) +
    Math.cos(radians(lat)) * Math.cos(radians(otherLat)) * half(otherLon, lon);
  return 2 * EARTH_M * Math.asin(Math.sqrt(chord));
}

test.each([
  [[-1.9, 52.48], 1, 0],
  [[-1.9, 52.48], 0, -10],
  [[-1.9, 60.8], 100, 0],
  [[1.15, 50], 0, 100],
  [[0, 0], 30, 40],
] as [Corner, number, number][])("from %j %d m east and %d m north", (from, east, north) => {
  const to = moved(from, east, north);
  const metres = Math.hypot(east, north);
  expect(Math.abs(metresBetween(from, to) - metres)).toBeLessThan(0.01 * metres + 0.02);
  expect(Math.sign(to[0] - from[0])).toBe(Math.sign(east));
  expect(Math.sign(to[1] - from[1])).toBe(Math.sign(north));
});

test("there and back again is where it began", () => {
  const from: Corner = [-1.9, 52.48];
  expect(moved(moved(from, 1, -1), -1, 1)).toEqual(from);
});

test("a square has sides as long as asked, around its middle", () => {
  const square = squareAround([-1.9, 52.48], 150);
  const sides = square.map((corner, number) =>
    metresBetween(corner, square[(number + 1) % 4] ?? corner),
  );
  for (const side of sides) expect(Math.abs(side - 150)).toBeLessThan(1.5);
  expect(middleOf(square)).toEqual([-1.9, 52.48]);
});

test("between two corners lies their middle, to a centimetre", () => {
  expect(between([1, 50], [1.0000001, 50.5])).toEqual([1.0000001, 50.25]);
});
