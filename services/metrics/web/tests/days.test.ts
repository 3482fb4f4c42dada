import { describe, expect, test } from "vitest";
import { daysOn, ForceDays, isDate } from "../src/days";

const london = (starts = "00:00") => new ForceDays("Europe/London", starts);
const told = (at: number) => new Date(at).toISOString().slice(0, 16);

describe("when days start", () => {
  test.each([
    ["2026-01-15", "00:00", "2026-01-15T00:00"],
    ["2026-06-01", "00:00", "2026-05-31T23:00"],
    ["2026-06-01", "07:00", "2026-06-01T06:00"],
    // The clocks go forward at 01:00 UTC on 29 March: 01:30 is when it would have been.
    ["2026-03-29", "00:00", "2026-03-29T00:00"],
    ["2026-03-29", "01:30", "2026-03-29T01:30"],
    ["2026-03-29", "02:00", "2026-03-29T01:00"],
    // And back at 01:00 UTC on 25 October: 01:30 comes twice and is the first.
    ["2026-10-25", "01:30", "2026-10-25T00:30"],
    ["2026-10-25", "02:00", "2026-10-25T02:00"],
  ])("%s at %s", (date, starts, begins) => {
    expect(told(london(starts).startOf(date))).toBe(begins);
  });

  test.each([
    ["2026-06-01", 24],
    ["2026-03-29", 23],
    ["2026-10-25", 25],
  ])("%s lasts %d hours", (date, hours) => {
    const { from, to } = london().span(date);
    expect((to - from) / 3_600_000).toBe(hours);
  });
});

test.each([
  ["2026-06-02T05:59:59.999Z", "2026-06-01"],
  ["2026-06-02T06:00:00Z", "2026-06-02"],
  ["2026-06-01T23:30:00Z", "2026-06-01"],
])("a moment belongs to a day: %s", (at, date) => {
  expect(london("07:00").dayOf(Date.parse(at))).toBe(date);
});

describe("the hours of a day by the clock on the wall", () => {
  const lengths = (date: string, starts = "00:00") =>
    london(starts)
      .hours(date)
      .map(({ spans }) => spans.length);

  test("begin with the day", () => {
    const hours = london("22:00").hours("2026-06-01");
    expect(hours.map(({ begins }) => begins).slice(0, 4)).toEqual([
      "22:00",
      "23:00",
      "00:00",
      "01:00",
    ]);
    expect(told(hours[3]?.spans[0]?.from ?? 0)).toBe("2026-06-02T00:00");
    expect(lengths("2026-06-01", "22:00")).toEqual(Array(24).fill(1));
  });

  test("one is skipped when the clocks go forward, and one comes twice when they go back", () => {
    expect(lengths("2026-03-29").slice(0, 4)).toEqual([1, 0, 1, 1]);
    expect(lengths("2026-10-25").slice(0, 4)).toEqual([1, 2, 1, 1]);
  });
});

test.each([
  ["2026-02-28", 1, "2026-03-01"],
  ["2026-03-29", -1, "2026-03-28"],
  ["2026-06-01", 0, "2026-06-01"],
])("so many days on: %s and %d", (date, days, found) => {
  expect(daysOn(date, days)).toBe(found);
});

test.each([
  ["2026-06-01", true],
  ["2026-02-30", false],
  ["2026-6-1", false],
  ["today", false],
  ["", false],
])("%s is a date: %s", (given, is) => {
  expect(isDate(given)).toBe(is);
});
