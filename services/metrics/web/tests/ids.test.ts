import { expect, test } from "vitest";
import { idFrom, isId } from "../src/ids";

const free = () => false;

test.each([
  ["Market Place", "market-place"],
  ["St Mary's Yard", "st-marys-yard"],
  ["Café Zoë / Ålgate", "cafe-zoe-algate"],
  ["  --Bridge--  ", "bridge"],
  ["A1 & M25", "a1-m25"],
  ["東京", ""],
  ["", ""],
])("the id of %j is %j", (name, id) => {
  expect(idFrom(name, free)).toBe(id);
});

test("an id that another has gets a number", () => {
  const taken = new Set(["market", "market-2"]);
  expect(idFrom("Market", (id) => taken.has(id))).toBe("market-3");
});

test.each([free, (id: string) => id.length === 64])("an id is never too long (%#)", (taken) => {
  const id = idFrom(`${"a".repeat(63)} bcd`, taken);
  expect(isId(id)).toBe(true);
  expect(taken(id)).toBe(false);
});

test.each([
  ["A.b_c:d-1", true],
  ["a".repeat(64), true],
  ["a".repeat(65), false],
  ["", false],
  ["a b", false],
  ["ä", false],
  ["a\n", false],
])("whether %j is an id: %s", (id, is) => {
  expect(isId(id)).toBe(is);
});
