import { expect, test } from "vitest";
import { place, ticksOf } from "../src/hotspot/scale";

const HOUR = 3_600_000;
const axis = { from: Date.parse("2026-01-05T07:30:00Z"), to: Date.parse("2026-01-06T07:30:00Z") };

test.each([
  [axis.from, 0],
  [axis.from + 6 * HOUR, 25],
  [axis.to, 100],
  [axis.from - HOUR, 0],
  [axis.to + HOUR, 100],
])("a time has its place in percent, kept within the axis (%#)", (at, found) => {
  expect(place(axis, at)).toBe(found);
});

test.each([
  ["1", 12, 4, "08:00"],
  ["3", 24, 8, "08:00"],
  ["8", 96, 24, "07:30"],
] as const)("at zoom %s there are %d lines, %d of them major", (zoom, all, major, first) => {
  const ticks = ticksOf(axis, zoom);
  expect(ticks).toHaveLength(all);
  expect(ticks.filter((tick) => tick.major)).toHaveLength(major);
  expect(new Date(ticks[0]?.at ?? 0).toISOString().slice(11, 16)).toBe(first);
});
