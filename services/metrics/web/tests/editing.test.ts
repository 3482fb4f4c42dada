import { beforeEach, expect, test } from "vitest";
import { draftOf, EMPTY } from "../src/edit/draft";
import { Editing } from "../src/edit/editing";
import { squareAround } from "../src/edit/metres";
import { ringAt } from "../src/edit/shape";
import { aPlace, SQUARE } from "./places";

const FIRST = { area: 0, ring: 0 };
const HELD = aPlace({ excludes: [SQUARE] });
let editing = new Editing(null, EMPTY);

beforeEach(() => {
  editing = new Editing(HELD, draftOf(HELD, 0, "Europe/London"));
});

const corners = () => ringAt(editing.shape, editing.inHand.value).length;

test("a new area is drawn corner by corner, and each press can be undone", () => {
  editing = new Editing(null, EMPTY);
  editing.begin(false);
  expect(editing.drawing.value).toBe(true);
  for (const corner of [
    [0, 50],
    [1, 50],
    [1, 51],
  ] as const)
    editing.draw(corner);
  expect(corners()).toBe(3);
  editing.undo();
  expect([corners(), editing.drawing.value]).toEqual([2, true]);
  editing.redo();
  editing.endDrawing();
  expect([corners(), editing.drawing.value]).toEqual([3, false]);
});

test("an area that was given up before it had three corners is gone", () => {
  editing.begin(false);
  editing.draw([0, 50]);
  editing.draw([1, 50]);
  editing.endDrawing();
  expect(editing.shape).toHaveLength(2);
  expect(editing.drawing.value).toBe(false);
});

test("undoing all of a drawing ends it", () => {
  editing = new Editing(null, EMPTY);
  editing.begin(false);
  editing.undo();
  expect([editing.shape, editing.drawing.value]).toEqual([[], false]);
});

test("nudges of one corner are one step, and what is in hand follows", () => {
  const at = { ...FIRST, corner: 2 };
  editing.nudge(at, 1, 0);
  editing.nudge(at, 0, 10);
  expect(editing.corner.value).toBe(2);
  editing.nudge({ ...FIRST, corner: 1 }, 1, 0);
  editing.undo();
  editing.undo();
  expect(editing.history.value.before).toHaveLength(0);
});

test("a corner is added half way and taken in hand; three must stay", () => {
  editing.insertAfter({ ...FIRST, corner: 3 });
  expect([corners(), editing.corner.value]).toEqual([5, 4]);
  for (let number = 0; number < 4; number++) editing.remove({ ...FIRST, corner: 0 });
  expect([corners(), editing.corner.value]).toEqual([3, 0]);
});

test("taking away the outline in hand leads to another, and undoing gives it back", () => {
  editing.pick({ area: 1, ring: 0 });
  editing.removeRing({ area: 1, ring: 0 });
  expect(editing.shape).toHaveLength(1);
  expect(editing.inHand.value).toEqual(FIRST);
  editing.undo();
  expect(editing.shape).toHaveLength(2);
});

test("a corner that an undo took away is not in hand", () => {
  editing.insertAfter({ ...FIRST, corner: 3 });
  editing.undo();
  expect(editing.corner.value).toBeNull();
});

test.each([
  [() => {}, false],
  [() => editing.pick({ ...FIRST, corner: 1 }), false],
  [() => editing.write({ name: "Market Place" }), false],
  [() => editing.write({ name: "Market" }), true],
  [() => editing.begin(true, squareAround([1.15, 52.05], 40)), true],
])("whether something was changed (%#): %s", (act, changed) => {
  act();
  expect(editing.isChanged).toBe(changed);
});
