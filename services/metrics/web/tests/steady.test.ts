import { expect, test } from "vitest";
import { steady } from "../src/board/steady";
import type { Pressing, Urgency } from "../src/board/urgency";

const press = (id: string, weight: number, urgency: Urgency = "now"): Pressing => ({
  id,
  urgency,
  weight,
});
const FIRST = [press("a", 1), press("b", 2)];
const TURNED = [press("a", 3), press("b", 2)];

test.each<[string, Pressing[], number, boolean, string[]]>([
  ["less time left alone moves nothing yet", TURNED, 9_999, false, ["a", "b"]],
  ["but does after ten seconds", TURNED, 10_000, false, ["b", "a"]],
  ["a clock set back does not stop it", TURNED, -10_000, false, ["b", "a"]],
  ["another urgency moves at once", [press("a", 1, "done"), press("b", 2)], 1, false, ["b", "a"]],
  ["what comes is put in its place at once", [...FIRST, press("c", 0)], 1, false, ["c", "a", "b"]],
  ["what goes is gone at once", [press("b", 2)], 1, false, ["b"]],
  [
    "held, not even urgency moves it",
    [press("a", 1, "done"), press("b", 2)],
    60_000,
    true,
    ["a", "b"],
  ],
  ["held, what comes is last", [press("c", 0), ...FIRST], 60_000, true, ["a", "b", "c"]],
  ["held, what goes is gone", [press("b", 2)], 60_000, true, ["b"]],
])("%s", (_, all, now, held, ids) => {
  expect(steady(steady(null, FIRST, 0, false), all, now, held).ids).toEqual(ids);
});

test("it says when another order would be right but it is held, and then makes it", () => {
  const first = steady(null, FIRST, 0, false);
  expect(steady(first, FIRST, 1, true).held).toBe(false);
  const held = steady(first, [press("a", 1, "done"), press("b", 2)], 1, true);
  expect(held.held).toBe(true);
  const freed = steady(held, [press("a", 1, "done"), press("b", 2)], 2, false);
  expect([freed.held, freed.ids]).toEqual([false, ["b", "a"]]);
});
