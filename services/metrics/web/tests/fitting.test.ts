import { expect, test } from "vitest";
import { fitting } from "../src/wall/fitting";

test.each([
  ["all of few", 500, 100, 3, 3],
  ["as many as fit whole", 599, 100, 9, 5],
  ["none into no room", 50, 100, 9, 0],
  ["one, to be measured", 0, 0, 9, 1],
  ["none of none", 500, 0, 0, 0],
])("a wall shows %s", (_, room, height, all, shown) => {
  expect(fitting(room, height, all)).toBe(shown);
});
