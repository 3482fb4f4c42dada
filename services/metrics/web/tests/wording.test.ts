import { expect, test } from "vitest";
import type { ExplainedPatrol } from "../src/hotspot/explained";
import { fullVerdictOf, signOf } from "../src/hotspot/wording";
import { aPatrol } from "./examples";

test.each([
  [{}, "good, counts", "met"],
  [{ verdict: "long" }, "long stay, counts", "met"],
  [{ verdict: "uncertain", counts: false }, "not certain, may count", "not_known"],
  [{ verdict: "short", counts: false }, "short visit, does not count", "not_planned"],
  [{ verdict: "interrupted", counts: false }, "called away, does not count", "not_planned"],
  [{ counts: false, repeats: true }, "good, too near to another, does not count", "not_planned"],
  // Nobody is told to have stayed too short who is still there.
  [{ verdict: "short", counts: false, goes_on: true }, "short visit so far, may count", "on_track"],
  [{ goes_on: true }, "good, counts", "met"],
] as [Partial<ExplainedPatrol>, string, string][])(
  "a patrol is told in words and by a sign (%#)",
  (differing, words, sign) => {
    const patrol = { ...aPatrol(), ...differing };
    expect(fullVerdictOf(patrol)).toBe(words);
    expect(signOf(patrol)).toBe(sign);
  },
);

test("a visit that was not judged yet is under way", () => {
  expect(signOf(null)).toBe("on_track");
});
