import { expect, test } from "vitest";
import { common, lengthOf, trimmed, union, widened, without } from "../src/hotspot/spans";

const spans = (...pairs: [number, number][]) => pairs.map(([from, to]) => ({ from, to }));

test.each([
  [spans(), spans()],
  [spans([5, 5]), spans()],
  [spans([4, 6], [0, 2]), spans([0, 2], [4, 6])],
  [spans([0, 2], [2, 4]), spans([0, 4])],
  [spans([0, 9], [2, 4], [8, 10]), spans([0, 10])],
])("a union is in order and apart (%#)", (some, joined) => {
  expect(union(some)).toEqual(joined);
});

test.each([
  [spans([0, 4], [6, 9]), spans([2, 7]), spans([2, 4], [6, 7]), spans([0, 2], [7, 9])],
  [spans([0, 4]), spans(), spans(), spans([0, 4])],
  [spans([0, 4]), spans([0, 4]), spans([0, 4]), spans()],
  [spans([0, 9]), spans([1, 2], [4, 5]), spans([1, 2], [4, 5]), spans([0, 1], [2, 4], [5, 9])],
])("what lies in others, and what does not (%#)", (some, others, both, rest) => {
  expect(common(some, others)).toEqual(both);
  expect(without(some, others)).toEqual(rest);
  expect(lengthOf(both) + lengthOf(rest)).toBe(lengthOf(some));
});

test.each([
  [1, 1, spans([1, 2], [5, 7])],
  [3, 0, spans([6, 8])],
  [0, 4, spans([0, 1])],
  [3, 3, spans()],
  [0, 0, spans([0, 2], [5, 8])],
])("trimmed by %d and %d", (first, last, left) => {
  expect(trimmed(spans([0, 2], [5, 8]), first, last)).toEqual(left);
});

test("widened at both ends, and none stays none", () => {
  expect(widened(spans([2, 4], [6, 8]), 1, 2)).toEqual(spans([1, 4], [6, 10]));
  expect(widened([], 1, 2)).toEqual([]);
});
