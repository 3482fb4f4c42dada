import { expect, test } from "vitest";
import type { Plan } from "../src/model";
import { dueWords, sumOf, sumWords, usualMinutes } from "../src/plans/arithmetic";

type Planned = Parameters<typeof sumOf>[0];

function planned(patrols: number[], differing: Partial<Plan> = {}): Planned {
  const windows = patrols.map((count) => ({ from: "10:00", to: "12:00", patrols: count }));
  return { windows, minutes_each: { low: 10, high: 20 }, arm: "treatment", ...differing };
}

test("patrols of all windows add up", () => {
  expect(sumOf(planned([1, 3]))).toEqual({ patrols: 4, low: 40, high: 80 });
  expect(usualMinutes(planned([1, 3]))).toBe(40);
});

test.each([
  [planned([1, 3]), "4 patrols × 10–20 min = 40–80 min a day"],
  [planned([1], { minutes_each: { low: 15, high: 15 } }), "1 patrol × 15 min = 15 min a day"],
  [
    planned([3], { minutes_each: { low: 7.5, high: 12.5 } }),
    "3 patrols × 7.5–12.5 min = 22.5–37.5 min a day",
  ],
  [planned([]), null],
])("a plan comes to (%#)", (plan, words) => {
  expect(sumWords(plan)).toBe(words);
});

test.each([
  [planned([4]), "40 min are due: these patrols can reach that."],
  [planned([4], { minutes_per_day: 80 }), "80 min are due: these patrols can reach that."],
  [
    planned([4], { minutes_per_day: 90 }),
    "90 min are due, and these patrols reach 80 min at most.",
  ],
  [planned([], { minutes_per_day: 60 }), "60 min are due, at any time of the day."],
  [planned([]), ""],
  [
    planned([], { arm: "control" }),
    "Nothing is due on these days: a patrol here is told as one on a no-patrol day.",
  ],
])("whether the minutes can be reached (%#)", (plan, words) => {
  expect(dueWords(plan)).toBe(words);
});
