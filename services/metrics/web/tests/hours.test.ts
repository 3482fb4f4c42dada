import { describe, expect, test } from "vitest";
import { ForceDays } from "../src/days";
import { hoursOf } from "../src/hotspot/hours";
import type { Presence } from "../src/hotspot/presence";
import { begunIn, sevenDaysWith } from "../src/hotspot/week";
import type { PlannedWindow } from "../src/model";
import { aVisit } from "./examples";

const london = new ForceDays("Europe/London", "06:00");
const at = (time: string) => Date.parse(`${time}Z`);

/** Somebody was there for sure from the one to the other. */
function there(...pairs: [string, string][]): Presence {
  const spans = pairs.map(([from, to]) => ({ from: at(from), to: at(to) }));
  return { low: spans, estimate: spans, high: spans };
}

function aWindow(from: string, to: string): PlannedWindow {
  return { from: `${from}Z`, to: `${to}Z`, planned: 1, delivered: 0, uncertain: 0, status: "open" };
}

const minutes = (date: string, presence: Presence, days = london) =>
  Object.fromEntries(
    hoursOf(date, days, presence, [])
      .filter((hour) => hour.minutes.estimate > 0)
      .map((hour) => [hour.begins, hour.minutes.estimate]),
  );

describe("minutes of each hour", () => {
  test("a stay over the hour is cut there", () => {
    const stay = there(["2026-06-01T11:50", "2026-06-01T12:10"]);
    expect(minutes("2026-06-01", stay)).toEqual({ "12:00": 10, "13:00": 10 });
  });

  test("hours after midnight are of the day that began at six, and no others", () => {
    const stay = there(
      ["2026-06-02T01:30", "2026-06-02T01:40"],
      ["2026-06-02T05:30", "2026-06-02T05:40"],
    );
    expect(minutes("2026-06-01", stay)).toEqual({ "02:00": 10 });
    expect(minutes("2026-06-02", stay)).toEqual({ "06:00": 10 });
  });

  test("an hour that comes twice holds both", () => {
    const stay = there(
      ["2026-10-25T00:10", "2026-10-25T00:20"],
      ["2026-10-25T01:10", "2026-10-25T01:20"],
    );
    expect(minutes("2026-10-24", stay)).toEqual({ "01:00": 20 });
  });
});

test.each([
  [0, 0],
  [1, 1],
  [10, 1],
  [11, 2],
  [30, 3],
  [31, 4],
  [45, 4],
  [46, 5],
  [60, 5],
])("%d minutes in an hour are of shade %d", (length, shade) => {
  const until = new Date(at("2026-06-01T10:00") + length * 60_000).toISOString().slice(0, 16);
  const cells = hoursOf("2026-06-01", london, there(["2026-06-01T10:00", until]), []);
  expect(cells.find(({ begins }) => begins === "11:00")?.shade).toBe(shade);
});

test("an hour is planned where a window has a part of it", () => {
  const windows = [aWindow("2026-06-01T10:30", "2026-06-01T13:00")];
  const cells = hoursOf("2026-06-01", london, there(), windows).filter(({ planned }) => planned);
  expect(cells.map(({ begins, begun, ended }) => [begins, begun, ended])).toEqual([
    ["11:00", true, false],
    ["12:00", false, false],
    ["13:00", false, true],
  ]);
});

test.each([
  ["2026-06-30", "2026-06-24", "2026-06-30"],
  ["2026-06-24", "2026-06-24", "2026-06-30"],
  ["2026-06-23", "2026-06-17", "2026-06-23"],
  ["2026-06-09", "2026-06-03", "2026-06-09"],
])("with %s are shown the days from %s to %s", (date, first, last) => {
  const dates = sevenDaysWith(date, "2026-06-30");
  expect(dates).toHaveLength(7);
  expect([dates[0], dates[6]]).toEqual([first, last]);
});

test("a visit is of the stretch in which it began", () => {
  const visits = ["11:59:59", "12:00:00", "12:59:59", "13:00:00"].map((time) =>
    aVisit({ entered_at: `2026-06-01T${time}Z` }),
  );
  const stretch = { from: at("2026-06-01T12:00"), to: at("2026-06-01T13:00") };
  expect(begunIn(stretch, visits)).toEqual(visits.slice(1, 3));
});
