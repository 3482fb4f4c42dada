import { expect, test } from "vitest";
import { age, axisFor, duration, figure, LocalTimes, stretch } from "../src/format";
import { ServiceClock } from "../src/live/clock";

test.each([
  [{ low: 12.4, estimate: 14.4, high: 16.2 }, "14", "12–17"],
  [{ low: 0, estimate: 0.4, high: 1.5 }, "<1", "0–2"],
  [{ low: 0, estimate: 0, high: 2.1 }, "0", "0–3"],
  [{ low: 0, estimate: 0, high: 0 }, "0", null],
  [{ low: 118.9, estimate: 121.5, high: 130 }, "122", "118–130"],
])("%o reads %s, %s: the range is never narrowed", (minutes, estimate, range) => {
  expect(figure(minutes)).toEqual({ estimate, range });
});

test.each([
  [0, 15],
  [15, 15],
  [15.1, 30],
  [61, 90],
  [721, 1440],
])("a longest range of %d min is drawn on an axis of %d", (longest, axis) => {
  expect(axisFor(longest)).toBe(axis);
});

test.each([
  [-400, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_599_000, "59 min"],
  [7_200_000, "2 h"],
  [2 * 86_400_000, "2 d"],
])("%d ms ago is %s", (ms, words) => {
  expect(age(ms)).toBe(words);
});

test.each([
  [0, "0 s"],
  [59_400, "59 s"],
  [59_600, "1 min"],
  [3_540_000, "59 min"],
  [3_599_000, "1 h 00 min"],
  [3_900_000, "1 h 05 min"],
])("%d ms lasted %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test.each([
  [-60_000, "0 min"],
  [59_999, "0 min"],
  [35.9 * 60_000, "35 min"],
  [119 * 60_000, "119 min"],
  [120 * 60_000, "2 h"],
  [125 * 60_000, "2 h 5 min"],
])("%d ms are left for certain: %s", (ms, words) => {
  expect(stretch(ms)).toBe(words);
});

test("times are the force's, summer time and midnight included", () => {
  const london = new LocalTimes("Europe/London");
  expect(london.clock(Date.parse("2026-06-01T23:03:22Z"))).toBe("00:03:22");
  expect(london.minute(Date.parse("2026-12-01T14:03:22Z"))).toBe("14:03");
  expect(london.day(Date.parse("2026-06-01T23:03:22Z"))).toBe("Tue 2 Jun");
});

test("the service's clock runs on from what the service said, whatever this computer's shows", () => {
  const clock = new ServiceClock(Date.parse("1999-01-01T00:00:00Z"), 1000);
  expect(clock.at(1500)).toBe(Date.parse("1999-01-01T00:00:00.500Z"));
  clock.set("2026-06-01T12:00:00Z", 2000);
  expect(clock.at(5000)).toBe(Date.parse("2026-06-01T12:00:03Z"));
});
