import { expect, test } from "vitest";
import { instantOf, localOf } from "../src/zone";

const at = (time: string) => Date.parse(time);

test.each([
  ["2026-06-01T21:05:59Z", "Europe/London", "2026-06-01T22:05"],
  ["2026-01-01T00:00:00Z", "Europe/London", "2026-01-01T00:00"],
  ["2026-06-01T21:05:00Z", "Asia/Kolkata", "2026-06-02T02:35"],
])("%s is on the clocks of %s %s", (time, zone, local) => {
  expect(localOf(at(time), zone)).toBe(local);
});

test.each([
  ["2026-06-01T22:05", "Europe/London", "2026-06-01T21:05:00.000Z"],
  ["2026-01-01T00:00", "Europe/London", "2026-01-01T00:00:00.000Z"],
  ["2026-06-02T02:35", "Asia/Kolkata", "2026-06-01T21:05:00.000Z"],
  ["2026-06-01T12:00", "America/New_York", "2026-06-01T16:00:00.000Z"],
  // It comes twice: the first is meant.
  ["2026-10-25T01:30", "Europe/London", "2026-10-25T00:30:00.000Z"],
  // It is skipped: 02:30 is meant.
  ["2026-03-29T01:30", "Europe/London", "2026-03-29T01:30:00.000Z"],
  ["2026-03-29T02:30", "Europe/London", "2026-03-29T01:30:00.000Z"],
])("the clocks show %s in %s at %s", (local, zone, time) => {
  expect(instantOf(local, zone)).toBe(at(time));
});

test.each(["", "2026-06-01", "2026-13-01T00:00", "yesterday"])("%j is no time", (written) => {
  expect(instantOf(written, "Europe/London")).toBeNull();
});

test.each(["2026-03-28", "2026-10-24"])(
  "hours from %s on come back, but one that comes twice",
  (day) => {
    const back = (ms: number) => instantOf(localOf(ms, "Europe/London"), "Europe/London");
    const hours = Array.from({ length: 72 }, (_, hour) => at(day) + hour * 3_600_000);
    const changed = hours.filter((ms) => back(ms) !== ms);
    expect(changed).toEqual(day === "2026-10-24" ? [at("2026-10-25T01:00:00Z")] : []);
  },
);
