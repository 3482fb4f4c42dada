import { expect, test } from "vitest";
import { toneOf, tonesOf } from "../src/hotspot/teams";

const tones = (...teams: string[]) => Object.fromEntries(tonesOf(teams));

test.each([
  [[], {}],
  [["B", "A", "B"], { A: "blue", B: "orange" }],
  // A team whose name is a colour has it, and no other team does.
  [["Alpha", "Green", "Team Blue"], { Alpha: "orange", Green: "green", "Team Blue": "blue" }],
  [["Red 1", "Red 2"], { "Red 1": "red", "Red 2": "blue" }],
  // Redditch is no colour.
  [["Redditch"], { Redditch: "blue" }],
])("each team has a tone of its own (%#)", (teams, found) => {
  expect(tones(...teams)).toEqual(found);
});

test("one team too many, and no team, are grey", () => {
  const many = tonesOf(["a", "b", "c", "d", "e", "f", "g"]);
  expect(new Set(many.values()).size).toBe(7);
  expect(toneOf("g", many)).toBe("grey");
  expect(toneOf(null, many)).toBe("grey");
  expect(toneOf("unheard of", many)).toBe("grey");
});
