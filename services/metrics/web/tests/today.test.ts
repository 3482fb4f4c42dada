import { expect, test } from "vitest";
import { dayWords, minutesOf, windowWords } from "../src/board/today";
import { LocalTimes } from "../src/format";
import type { Compliance, PlannedWindow } from "../src/model";
import { aCompliance, aHotSpot } from "./examples";

const LONDON = new LocalTimes("Europe/London");
const NOW = Date.parse("2026-06-01T20:24:30Z");

const window = (differing: Partial<PlannedWindow>): PlannedWindow => ({
  from: "2026-06-01T19:00:00Z",
  to: "2026-06-01T21:00:00Z",
  planned: 2,
  delivered: 1,
  uncertain: 0,
  status: "open",
  ...differing,
});

test.each<[PlannedWindow[], string]>([
  [[window({})], "20:00–22:00, 1 of 2 patrols, 35 min left"],
  [[window({ to: "2026-06-01T22:35:00Z" })], "20:00–23:35, 1 of 2 patrols, 2 h 10 min left"],
  [[window({ to: "2026-06-01T20:20:00Z" })], "20:00–21:20, 1 of 2 patrols, ending now"],
  [
    [
      window({ status: "missed" }),
      window({
        from: "2026-06-01T22:00:00Z",
        to: "2026-06-02T02:00:00Z",
        planned: 1,
        status: "ahead",
      }),
    ],
    "23:00–03:00, 1 patrol, in 95 min",
  ],
  [[window({ status: "delivered" })], ""],
  [[], ""],
])("the window that counts now, in words (%#)", (windows, words) => {
  expect(windowWords(aCompliance({ windows }), LONDON, NOW)).toBe(words);
});

test.each<[Partial<Compliance> | undefined, string]>([
  [undefined, "not planned"],
  [{ status: "not_planned", planned_patrols: 0, days_since_last_patrol: 9 }, "not planned"],
  [{ status: "behind", planned_patrols: 6, qualifying_patrols: 3 }, "behind · 3 of 6 patrols"],
  [{ status: "met", planned_patrols: 1, qualifying_patrols: 1 }, "met · 1 of 1 patrol"],
  [{ status: "not_known", uncertain_patrols: 1 }, "not known · 0 of 2 patrols · 1 not certain"],
  [
    { status: "missed", days_since_last_patrol: 4 },
    "missed · 0 of 2 patrols · last patrol 4 days ago",
  ],
  [{ status: "contaminated", planned_patrols: 0 }, "patrolled on a no-patrol day"],
])("how a day stands, in words (%#)", (day, words) => {
  expect(dayWords(day === undefined ? undefined : aCompliance(day))).toBe(words);
});

test("minutes are those of the plan where one holds", () => {
  const minutes = { low: 1, estimate: 2, high: 3 };
  const hotspot = aHotSpot({ minutes_today: { low: 7, estimate: 8, high: 9 } });
  const day = aCompliance({ patrol_minutes: minutes });
  expect(minutesOf(hotspot, day)).toBe(minutes);
  expect(minutesOf(hotspot, { ...day, plan_id: null })).toBe(hotspot.minutes_today);
  expect(minutesOf(hotspot, undefined)).toBe(hotspot.minutes_today);
});
