import { expect, test } from "vitest";
import { byUrgency, pressing } from "../src/board/urgency";
import type { Compliance, PlannedWindow } from "../src/model";
import { aCompliance } from "./examples";

const NOW = Date.parse("2026-06-01T20:00:00Z");

function window(to: string, differing: Partial<PlannedWindow> = {}): PlannedWindow {
  return {
    from: "2026-06-01T18:00:00Z",
    to: `2026-06-01T${to}:00Z`,
    planned: 2,
    delivered: 1,
    uncertain: 0,
    status: "open",
    ...differing,
  };
}

test.each<[string, Partial<Compliance> | undefined, string, number]>([
  ["nothing told", undefined, "nothing due", 0],
  ["no plan", { status: "not_planned", days_since_last_patrol: 9 }, "nothing due", 0],
  ["behind, a window open", { status: "behind", windows: [window("20:35")] }, "now", 35 * 60_000],
  [
    "two patrols lack, so each has half the time",
    { status: "behind", windows: [window("20:35", { delivered: 0 })] },
    "now",
    17.5 * 60_000,
  ],
  [
    "missed before, and again a window open",
    { status: "missed", windows: [window("19:00", { status: "missed" }), window("21:00")] },
    "now",
    60 * 60_000,
  ],
  ["only its slack is left", { status: "behind", windows: [window("19:55")] }, "now", -5 * 60_000],
  ["behind, no window open", { status: "behind", days_since_last_patrol: 1 }, "lagging", -1],
  ["missed", { status: "missed", days_since_last_patrol: 3 }, "lagging", -3],
  ["not known", { status: "not_known" }, "lagging", 0],
  ["patrolled on a no-patrol day", { status: "contaminated" }, "lagging", 0],
  ["on track, but long alone", { days_since_last_patrol: 4 }, "lagging", -4],
  ["no patrol known at all", { days_since_last_patrol: null }, "lagging", -Infinity],
  ["on track", { windows: [window("21:00")] }, "on its way", Date.parse("2026-06-01T21:00:00Z")],
  [
    "on track, a window ahead",
    { windows: [window("23:00", { status: "ahead" })] },
    "on its way",
    Date.parse("2026-06-01T23:00:00Z"),
  ],
  ["on track by minutes alone", {}, "on its way", Infinity],
  ["met", { status: "met", days_since_last_patrol: 0 }, "done", 0],
])("%s", (_, day, urgency, weight) => {
  const press = pressing("hs", day === undefined ? undefined : aCompliance(day), NOW);
  expect(press.urgency).toBe(urgency);
  expect(press.weight + 0).toBe(weight);
});

test("the least time to spare is first, then the longest alone; equals stay as they came", () => {
  const days: [string, Partial<Compliance>][] = [
    ["done b", { status: "met" }],
    ["done a", { status: "met" }],
    ["nothing", { status: "not_planned" }],
    ["later", { windows: [window("23:00")] }],
    ["sooner", { windows: [window("22:00")] }],
    ["two days", { status: "missed", days_since_last_patrol: 2 }],
    ["never b", { status: "missed", days_since_last_patrol: null }],
    ["never a", { status: "missed", days_since_last_patrol: null }],
    ["an hour", { status: "behind", windows: [window("21:00")] }],
    ["ten minutes", { status: "behind", windows: [window("20:10")] }],
  ];
  const order = byUrgency(days.map(([id, day]) => pressing(id, aCompliance(day), NOW)));
  expect(order.map(({ id }) => id)).toEqual([
    "ten minutes",
    "an hour",
    "never b",
    "never a",
    "two days",
    "sooner",
    "later",
    "done b",
    "done a",
    "nothing",
  ]);
});
