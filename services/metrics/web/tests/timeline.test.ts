import { expect, test } from "vitest";
import type { Timesheet, Visit } from "../src/model";
import { countedUntil, hoursOf, partsOf, totalsOf, visitsIn } from "../src/unit/timeline";
import { aTimesheet, aVisit } from "./examples";

const at = (time: string) => Date.parse(`2026-06-01T${time}:00Z`);
const wire = (time: string) => `2026-06-01T${time}:00Z`;
const SHIFT = { from: at("10:00"), to: at("12:00") };
const sheet = (from: string, to: string, differing: Partial<Timesheet> = {}) =>
  aTimesheet({ from: wire(from), to: wire(to), ...differing });
const stay = (hotspot_id: string, from: string, to: string | null): Visit =>
  aVisit({
    visit_id: `${hotspot_id}${from}`,
    hotspot_id,
    entered_at: wire(from),
    left_at: to === null ? null : wire(to),
    state: to === null ? "open" : "closed",
  });
const unknown = (from: string, to: string) => ({ from: wire(from), to: wire(to), episode_ids: [] });
const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16);
const BOTH = [sheet("10:00", "11:00"), sheet("11:00", "12:00")];

test.each<[string, Visit[], Timesheet[], string, string]>([
  ["outside", [], BOTH, "12:00", "10:00-12:00 outside"],
  ["never heard", [], [], "11:00", "10:00-11:00 unknown, 11:00-12:00 ahead"],
  [
    "a visit that began before and one that goes on",
    [stay("a", "09:50", "10:10"), stay("b", "11:30", null)],
    [sheet("10:00", "11:00"), sheet("11:00", "11:40")],
    "11:40",
    "10:00-10:10 inside a, 10:10-11:30 outside, 11:30-11:40 inside b, 11:40-12:00 ahead",
  ],
  [
    "unknown within a visit",
    [stay("a", "10:00", "11:00")],
    [sheet("10:00", "11:00", { unknown: [unknown("10:20", "10:30")] }), sheet("11:00", "12:00")],
    "12:00",
    "10:00-10:20 inside a, 10:20-10:30 unknown, 10:30-11:00 inside a, 11:00-12:00 outside",
  ],
  [
    "an hour of which there is no sheet",
    [],
    [sheet("11:00", "12:00")],
    "12:00",
    "10:00-11:00 unknown, 11:00-12:00 outside",
  ],
  [
    "hot spots that overlap",
    [stay("b", "10:00", "10:20"), stay("a", "10:10", "10:30")],
    BOTH,
    "12:00",
    "10:00-10:10 inside b, 10:10-10:20 inside a+b, 10:20-10:30 inside a, 10:30-12:00 outside",
  ],
])("a shift is told without a hole: %s", (_, visits, sheets, until, told) => {
  const parts = partsOf(SHIFT, visits, sheets, at(until));
  const words = parts.map(({ from, to, kind, hotspotIds }) =>
    `${clock(from)}-${clock(to)} ${kind} ${hotspotIds.join("+")}`.trim(),
  );
  expect(words.join(", ")).toBe(told);
});

test.each([
  ["to the end of one that is over", BOTH, "15:00", "12:00"],
  ["to the newest sheet, which is told once a minute", [sheet("10:00", "10:40")], "10:41", "10:40"],
  ["to now where the sheets have stopped", [sheet("10:00", "10:40")], "10:50", "10:50"],
  ["to now where there are none", [], "10:50", "10:50"],
  ["to its beginning before it", [], "09:00", "10:00"],
  ["to a sheet of a service whose clock leads", [sheet("10:00", "10:40")], "10:30", "10:40"],
])("a shift is counted %s", (_, sheets, now, until) => {
  expect(clock(countedUntil(SHIFT, sheets, at(now)))).toBe(until);
});

test("totals are those of the sheets, and what none accounts for is unknown", () => {
  const core = { low: 500, estimate: 600, high: 4000 };
  const hour = sheet("10:00", "11:00", {
    inside_seconds: 600,
    outside_seconds: 2700,
    unknown_seconds: 300,
    hotspots: { a: { core, catchment: core } },
  });
  expect(totalsOf(SHIFT, [hour], at("11:30"))).toEqual({
    inside: { low: 500 / 60, estimate: 10, high: 55 },
    outside: 45,
    unknown: 35,
    settled: false,
  });
});

test.each([
  [[true, true], "12:00", true],
  [[true, false], "12:00", false],
  [[true, true], "11:59", false],
  [[], "12:00", false],
])("sheets final %o, counted until %s: final is %s", (finals, until, settled) => {
  const sheets = finals.map((final) => aTimesheet({ settled: final }));
  expect(totalsOf(SHIFT, sheets, at(until)).settled).toBe(settled);
});

test("listed are the visits that meet the shift, in order; what was taken back is not", () => {
  const visits = [
    stay("late", "11:00", null),
    stay("before", "09:00", "10:00"),
    stay("into", "09:50", "10:10"),
    { ...stay("gone", "10:30", "10:40"), state: "retracted" as const },
    stay("after", "12:00", null),
  ];
  expect(visitsIn(SHIFT, visits).map(({ hotspot_id }) => hotspot_id)).toEqual(["into", "late"]);
});

test.each([
  [12, ["10:00", "11:00", "12:00"]],
  [1, ["10:00", "12:00"]],
])("an axis with room for %d hours has %o", (most, hours) => {
  expect(hoursOf(SHIFT, most).map(clock)).toEqual(hours);
});
