import { expect, test } from "vitest";
import { cut, fixesOf, positionAt } from "../src/unit/track";
import { aSignal, aTrackPoint } from "./examples";

const START = Date.parse("2026-06-01T10:00:00Z");
const after = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const fixesAfter = (...seconds: number[]) =>
  fixesOf(seconds.map((each) => aTrackPoint({ fix_time: after(each) })));
/** The seconds after the start of each stretch's fixes. */
const seconds = (stretches: { at: number }[][]) =>
  stretches.map((fixes) => fixes.map(({ at }) => (at - START) / 1000));

test("repeats of a fix, points without a place and the order of arrival say nothing of where it was", () => {
  const fixes = fixesOf([
    aTrackPoint({ fix_time: after(20), lat: 52.1 }),
    aTrackPoint({ fix_time: after(20), heard_at: after(50), lat: 52.1 }),
    aTrackPoint({ fix_time: after(10) }),
    aTrackPoint({ fix_time: after(30), lat: null, lon: null }),
    aTrackPoint({ fix_time: null, heard_at: after(40) }),
  ]);
  expect(seconds([fixes])).toEqual([[10, 20, 40]]);
});

test.each([
  ["nothing is known", [], [], null, []],
  ["one fix alone", [0], [], 60, [[0]]],
  ["no gap", [0, 10, 190], [], 10, [[0, 10, 190]]],
  ["three minutes at the least", [0, 180, 361], [], 10, [[0, 180], [361]]],
  ["three of its own intervals", [0, 360, 721], [], 120, [[0, 360], [721]]],
  ["the usual interval where none is known", [0, 180, 361], [], null, [[0, 180], [361]]],
  [
    "a silence that was declared between two fixes",
    [0, 10, 130, 140],
    [100],
    10,
    [
      [0, 10],
      [130, 140],
    ],
  ],
  [
    "a silence that was declared at a fix, so not without one",
    [0, 10, 20],
    [10],
    10,
    [[0, 10, 20]],
  ],
  ["a silence before the first and after the last fix", [0, 10], [-60, 90], 10, [[0, 10]]],
])("a track is cut: %s", (_, fixes, declared, interval, stretches) => {
  const silences = declared.map((each) => aSignal({ declared_at: after(each) }));
  const track = cut(fixesAfter(...fixes), silences, interval);
  expect(seconds(track.stretches)).toEqual(stretches);
  expect(track.gaps).toEqual(
    track.stretches.slice(1).map((later, index) => ({
      before: track.stretches[index]?.at(-1),
      after: later[0],
    })),
  );
});

test.each([
  [-1, null, false],
  [0, 0, false],
  [9, 0, false],
  [10, 10, false],
  [11, 10, true],
  [309, 10, true],
  [310, 310, false],
  [9999, 310, false],
])("%d s on, the radio was last seen at %s s, in a gap: %s", (at, fix, inGap) => {
  const track = cut(fixesAfter(0, 10, 310), [], 10);
  const found = positionAt(track, START + at * 1000);
  expect(found === null ? null : (found.fix.at - START) / 1000).toBe(fix);
  expect((found?.gap ?? null) !== null).toBe(inGap);
});
