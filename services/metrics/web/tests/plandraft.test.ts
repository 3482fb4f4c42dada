import { expect, test } from "vitest";
import type { PlanDraft } from "../src/plans/draft";
import {
  draftOf,
  emptyDraft,
  faultsOf,
  faultsSaid,
  nameOf,
  planOf,
  trialOf,
} from "../src/plans/draft";
import { aPlan } from "./places";

const LONDON = "Europe/London";
const NOW = Date.parse("2026-06-01T12:00:00Z");
const GOOD = draftOf(aPlan(), NOW, LONDON);
const free = () => false;

test("what holds is told again as it is, from now on, and minutes as usual are left to the service", () => {
  expect(planOf(GOOD, LONDON)).toEqual({
    hotspot_id: "hs-1",
    weekdays: ["fri", "sat"],
    dates: [],
    windows: [{ from: "22:00", to: "02:00", patrols: 2 }],
    minutes_each: { low: 10, high: 16 },
    slack_minutes: 10,
    min_gap_minutes: 30,
    judge_by: "patrols",
    ring: "core",
    arm: "treatment",
  });
});

test("what is to come, ends and has minutes of its own keeps them", () => {
  const held = aPlan({
    weekdays: [],
    dates: ["2026-06-05"],
    minutes_per_day: 30,
    effective_from: "2026-06-04T23:00:00.000Z",
    effective_to: "2026-06-06T23:00:00.000Z",
  });
  const draft = draftOf(held, NOW, LONDON);
  expect([draft.from, draft.to, draft.on]).toEqual([
    "2026-06-05T00:00",
    "2026-06-07T00:00",
    "dates",
  ]);
  expect(planOf(draft, LONDON)).toMatchObject({
    weekdays: [],
    dates: ["2026-06-05"],
    minutes_per_day: 30,
    effective_from: "2026-06-04T23:00:00.000Z",
    effective_to: "2026-06-06T23:00:00.000Z",
  });
});

test("only the days that are chosen are told", () => {
  const both = { ...GOOD, dates: ["2026-06-05"] };
  expect(planOf(both, LONDON).dates).toEqual([]);
  expect(planOf({ ...both, on: "dates" }, LONDON)).toMatchObject({
    weekdays: [],
    dates: ["2026-06-05"],
  });
});

test.each([
  [{}, []],
  [{ id: "" }, ["id"]],
  [{ weekdays: [] }, ["days"]],
  [{ on: "dates", dates: ["2026-06-05", ""] }, ["days"]],
  [{ windows: [{ from: "22:00", to: "", patrols: "2" }] }, ["windows"]],
  [{ windows: [{ from: "22:00", to: "23:00", patrols: "1.5" }] }, ["windows"]],
  [{ windows: [] }, []],
  [{ low: "" }, ["low"]],
  [{ high: "many" }, ["high"]],
  [{ perDay: "x" }, ["perDay"]],
  [{ slack: "" }, ["slack"]],
  [{ gap: "" }, ["gap"]],
  [{ from: "" }, ["from"]],
  [{ to: "soon" }, ["to"]],
] as [Partial<PlanDraft>, string[]][])("what is wrong with a draft (%#)", (wrong, fields) => {
  const draft = { ...GOOD, ...wrong };
  expect(Object.keys(faultsOf(draft, free))).toEqual(fields);
  const tried = fields.every((field) => field === "id");
  expect(trialOf(draft, LONDON) !== null).toBe(tried);
});

test("an empty form waits for days and windows", () => {
  expect(Object.keys(faultsOf(emptyDraft("hs-1"), free))).toEqual(["id", "days", "windows"]);
});

test.each([
  [{}, "/v1/plans/market-weekend?dry_run=1"],
  [{ id: "" }, "/v1/plans/-?dry_run=1"],
])("a draft is tried, never put (%#)", (differing, path) => {
  expect(trialOf({ ...GOOD, ...differing }, LONDON)?.path).toBe(path);
});

test("what the service said is told at its field, and what has none by itself", () => {
  const errors = [
    { field: "minutes_each.high", message: "high is under low" },
    { field: "windows.1.to", message: "no length" },
    { field: "weekdays", message: "another plan has fri" },
    { field: "minutes_per_day", message: "cannot be reached" },
    { field: "effective_to", message: "too early" },
    { field: "hotspot_id", message: "no hot spot" },
    { field: "strange", message: "unknown" },
  ];
  expect(faultsSaid(errors)).toEqual({
    faults: {
      high: "high is under low",
      windows: "Window 2: no length",
      days: "another plan has fri",
      perDay: "cannot be reached",
      to: "too early",
      hotspot: "no hot spot",
    },
    rest: ["strange: unknown"],
  });
});

test.each([
  [{}, "hs-1 fri sat"],
  [{ weekdays: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] }, "hs-1 daily"],
  [{ on: "dates", dates: ["2026-06-05"] }, "hs-1 2026-06-05"],
] as [Partial<PlanDraft>, string][])("a plan is named after its days (%#)", (differing, name) => {
  expect(nameOf({ ...GOOD, ...differing })).toBe(name);
});
