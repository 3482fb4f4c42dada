import { describe, expect, test } from "vitest";
import type { Sources } from "../src/hotspot/lanes";
import { axisOf, barOf, lanesOf, nearRows } from "../src/hotspot/lanes";
import { dutyAt } from "../src/hotspot/names";
import { Heard } from "../src/hotspot/openvisits";
import type { Visit } from "../src/model";
import { aCompliance, aDuty, anExplanation, aPatrol, aVisit, aWindow } from "./examples";

const at = (time: string) => Date.parse(`2026-06-01T${time}Z`);
const rfc = (time: string) => new Date(at(time)).toISOString();
const DAY = { from: at("00:00"), to: at("00:00") + 86_400_000 };

function visit(id: string, from: string, to: string | null, differing: Partial<Visit> = {}): Visit {
  const seconds = (at(to ?? "13:00") - at(from)) / 1000;
  return aVisit({
    visit_id: id,
    entered_at: rfc(from),
    left_at: to === null ? null : rfc(to),
    seconds,
    seconds_low: seconds - 60,
    seconds_high: seconds + 60,
    state: to === null ? "open" : "closed",
    ...differing,
  });
}

function sources(visits: Visit[], explanation = anExplanation()): Sources {
  return { explanation, visits, unknown: new Map() };
}

describe("lanes", () => {
  const patrol = aPatrol(["R1", "v1"], ["R2", "v2"], ["R1", "v3"]);
  const told = anExplanation({ patrols: [patrol] });

  test("a patrol is one lane, with a line for each radio", () => {
    const visits = [
      visit("v1", "12:00", "12:05"),
      visit("v2", "12:02", "12:12", { radio_id: "R2" }),
      visit("v3", "12:06", "12:20"),
    ];
    const [lane, ...others] = lanesOf(DAY, sources(visits, told));
    expect(others).toEqual([]);
    expect(lane?.stints.map(({ radioId, bars }) => [radioId, bars.length])).toEqual([
      ["R1", 2],
      ["R2", 1],
    ]);
    expect([lane?.from, lane?.to]).toEqual([at("12:00"), at("12:20")]);
    expect(lane?.minutes).toEqual(patrol.patrol_minutes);
  });

  test("one that goes on has the minutes that the live stream told since", () => {
    const visits = [visit("v1", "12:00", null)];
    const [lane] = lanesOf(
      DAY,
      sources(visits, anExplanation({ patrols: [aPatrol(["R1", "v1"])] })),
    );
    expect(lane?.goesOn).toBe(true);
    expect(lane?.minutes).toEqual({ low: 59, estimate: 60, high: 61 });
  });

  test("a visit that is part of no patrol of the day has a lane of its own, in order of time", () => {
    const visits = [visit("v1", "12:00", "12:20"), visit("new", "11:00", "11:05")];
    const lanes = lanesOf(DAY, sources(visits, told));
    expect(lanes.map(({ id, patrol: of }) => [id, of === null])).toEqual([
      ["new", true],
      [patrol.patrol_id, false],
    ]);
  });

  test.each([
    ["of the other ring", { ring: "catchment" }],
    ["that was taken back", { state: "retracted" }],
    ["of the day before", { entered_at: "2026-05-31T12:00:00Z", left_at: "2026-05-31T12:05:00Z" }],
  ] as [string, Partial<Visit>][])("a visit %s has none", (_, differing) => {
    expect(lanesOf(DAY, sources([visit("v1", "12:00", "12:05", differing)]))).toEqual([]);
  });

  test("where the catchment counts, its visits are the lanes", () => {
    const explanation = anExplanation({ figures: aCompliance({ ring: "catchment" }) });
    const visits = [visit("v1", "12:00", "12:05", { ring: "catchment" })];
    expect(lanesOf(DAY, sources(visits, explanation))).toHaveLength(1);
  });
});

test("visits near by are packed into as few rows as keep them apart", () => {
  const near = { ring: "catchment" } as const;
  const visits = [
    visit("a", "12:00", "12:10", near),
    visit("b", "12:05", "12:15", near),
    visit("c", "12:11", "12:20", near),
    visit("core", "12:00", "12:10"),
  ];
  const rows = nearRows(DAY, sources(visits)).map((row) => row.map((bar) => bar.visit.visit_id));
  expect(rows).toEqual([["a", "c"], ["b"]]);
});

test("a bar is certain within, uncertain at its ends, and has gaps and other work", () => {
  const busy = {
    unknown_seconds: 120,
    statuses: [{ status: "at_scene", from: rfc("12:15"), to: null }],
  };
  const known = { seconds: 1080, seconds_low: 1020, seconds_high: 1140 };
  const bar = barOf(visit("v1", "12:00", "12:20", { ...known, ...busy }), {
    unknown: new Map([["R1", [{ from: at("12:05"), to: at("12:07") }]]]),
  });
  const span = (from: string, to: string) => ({ from: at(from), to: at(to) });
  expect(bar.certain).toEqual([span("12:00:30", "12:05"), span("12:07", "12:15")]);
  expect(bar.uncertain).toEqual([span("11:59:30", "12:00:30")]);
  expect(bar.unknown).toEqual([span("12:05", "12:07")]);
  expect(bar.other).toEqual([span("12:15", "12:20")]);
});

test("a day is drawn over its windows, too, with their slack", () => {
  const windows = [aWindow({ earliest: "2026-06-01T21:50:00Z", latest: "2026-06-02T02:10:00Z" })];
  expect(axisOf(DAY, anExplanation({ windows }))).toEqual({ ...DAY, to: at("02:10") + 86_400_000 });
  expect(axisOf(DAY, anExplanation())).toEqual(DAY);
});

test.each([
  ["R1", "10:00", "d-1"],
  ["R1", "18:00", undefined],
  ["R1", "09:59", undefined],
  ["R2", "12:00", undefined],
])("whose radio %s was at %s", (radioId, time, found) => {
  expect(dutyAt(radioId, at(time), [aDuty()])?.duty_id).toBe(found);
});

describe("what was read and what was heard since", () => {
  const ids = (visits: Visit[]) => visits.map(({ visit_id, seconds }) => [visit_id, seconds]);
  const read = [aVisit({ visit_id: "v1", seconds: 60 })];

  test("what was heard goes before what was read, and what is new is added", () => {
    const open = [
      aVisit({ visit_id: "v1", seconds: 90 }),
      aVisit({ visit_id: "v2", entered_at: "2026-06-01T11:00:00Z", seconds: 5 }),
    ];
    expect(ids(new Heard().with(read, open))).toEqual([
      ["v2", 5],
      ["v1", 90],
    ]);
  });

  test("a visit that has ended stays as it was heard last, until the next reading", () => {
    const heard = new Heard();
    heard.with(read, [aVisit({ visit_id: "v2", seconds: 5 })]);
    expect(ids(heard.with(read, []))).toEqual([
      ["v1", 60],
      ["v2", 5],
    ]);
    expect(ids(heard.with([...read], []))).toEqual([["v1", 60]]);
  });
});
