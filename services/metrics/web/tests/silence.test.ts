import { expect, test } from "vitest";
import type { Signal } from "../src/model";
import { causeOf, silencesIn } from "../src/unit/silence";
import { aSignal, aTimesheet } from "./examples";

const SHIFT = { from: Date.parse("2026-06-01T10:00:00Z"), to: Date.parse("2026-06-01T18:00:00Z") };

test.each<[string, Partial<Signal>, string]>([
  ["unexpected", { cause: "unexpected" }, "unexpected"],
  ["explained", { cause: "explained", reason: "low_battery" }, "explained: low battery"],
  ["explained", { cause: "explained" }, "explained"],
  ["the source's", { cause: "source" }, "the radio system's fault: all of its radios were silent"],
  [
    "the source's",
    { cause: "source", reason: "ahead" },
    "the radio system's fault: most of its positions could not be used (ahead)",
  ],
  ["ours", { cause: "pipeline" }, "stepsix's own fault"],
  ["the area's", { cause: "area", radios: ["R1", "R2"] }, "of the area: 2 radios at once"],
])("a cause is in plain words: %s", (_, differing, words) => {
  expect(causeOf(aSignal(differing))).toBe(words);
});

test.each<[string, Partial<Signal>, boolean]>([
  ["its own", {}, true],
  ["another radio's", { radio_id: "R2" }, false],
  ["its area's", { radio_id: null, cause: "area", radios: ["R1", "R2"] }, true],
  ["another area's", { radio_id: null, cause: "area", radios: ["R2"] }, false],
  ["the pipeline's", { radio_id: null, source: null, cause: "pipeline" }, true],
  ["one that its sheet names", { episode_id: "named", radio_id: null, cause: "source" }, true],
  ["another source's", { radio_id: null, cause: "source" }, false],
  ["one that goes on from before", { last_heard_at: "2026-06-01T09:00:00Z" }, true],
  [
    "one that was over before",
    { last_heard_at: null, declared_at: "2026-06-01T09:00:00Z", ended_at: "2026-06-01T09:30:00Z" },
    false,
  ],
  ["one that began after", { last_heard_at: null, declared_at: "2026-06-01T18:00:00Z" }, false],
])("which silences concern a radio's shift: %s", (_, differing, concerns) => {
  const unknown = [
    { from: "2026-06-01T11:55:00Z", to: "2026-06-01T12:10:00Z", episode_ids: ["named"] },
  ];
  const found = silencesIn(SHIFT, "R1", [aSignal(differing)], [aTimesheet({ unknown })]);
  expect(found.length === 1).toBe(concerns);
});

test("an episode that two lists tell is told once, and the earliest comes first", () => {
  const later = aSignal({
    episode_id: "later",
    last_heard_at: "2026-06-01T13:00:00Z",
    declared_at: "2026-06-01T13:02:00Z",
  });
  const found = silencesIn(SHIFT, "R1", [later, aSignal(), aSignal()], []);
  expect(found.map(({ episode_id }) => episode_id)).toEqual(["e1", "later"]);
});
