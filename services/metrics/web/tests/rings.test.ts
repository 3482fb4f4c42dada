import { expect, test } from "vitest";
import { added, coreAndRing } from "../src/hotspot/rings";
import type { Visit } from "../src/model";
import { aVisit } from "./examples";

const at = (minute: number) => new Date(Date.parse("2026-06-01T12:00:00Z") + minute * 60_000);

/** From one minute to another, each end certain to so many minutes. */
function visit(
  ring: Visit["ring"],
  from: number,
  to: number,
  within = 0,
  differing: Partial<Visit> = {},
): Visit {
  const seconds = (to - from) * 60;
  return aVisit({
    visit_id: `${ring}${from}`,
    ring,
    entered_at: at(from).toISOString(),
    left_at: at(to).toISOString(),
    seconds,
    seconds_low: seconds - 2 * within * 60,
    seconds_high: seconds + 2 * within * 60,
    state: "closed",
    ...differing,
  });
}

const exactly = (minutes: number) => ({ low: minutes, estimate: minutes, high: minutes });

test.each([
  ["nobody", [], exactly(0), exactly(0), [0, 0]],
  [
    "somebody who enters",
    [visit("catchment", 0, 20), visit("core", 5, 15)],
    exactly(10),
    exactly(10),
    [1, 0],
  ],
  ["somebody who only passes", [visit("catchment", 0, 4)], exactly(0), exactly(4), [1, 1]],
  [
    "one in the core while another is near: both hold the time",
    [
      visit("catchment", 0, 10),
      visit("core", 0, 10),
      visit("catchment", 0, 10, 0, { radio_id: "R2" }),
    ],
    exactly(10),
    exactly(10),
    [2, 1],
  ],
  [
    "two near at once count once",
    [visit("catchment", 0, 10), visit("catchment", 5, 15, 0, { radio_id: "R2" })],
    exactly(0),
    exactly(15),
    [2, 2],
  ],
  [
    "other work, which is no police time",
    [
      visit("catchment", 0, 10, 0, {
        statuses: [{ status: "at_scene", from: at(0).toISOString(), to: null }],
      }),
    ],
    exactly(0),
    exactly(0),
    [1, 1],
  ],
] as const)("%s", (_, visits, core, ring, [near, passed]) => {
  expect(coreAndRing(visits)).toEqual({ core, ring, near, passed });
});

test("what is perhaps in the core is perhaps in the ring", () => {
  const visits = [visit("catchment", 0, 20), visit("core", 5, 15, 1)];
  const { core, ring } = coreAndRing(visits);
  expect(core).toEqual({ low: 8, estimate: 10, high: 12 });
  expect(ring).toEqual({ low: 8, estimate: 10, high: 12 });
});

test("days add up", () => {
  const day = { core: exactly(10), ring: { low: 1, estimate: 2, high: 3 }, near: 4, passed: 1 };
  expect(added([day, day])).toEqual({
    core: exactly(20),
    ring: { low: 2, estimate: 4, high: 6 },
    near: 8,
    passed: 2,
  });
  expect(added([])).toEqual({ core: exactly(0), ring: exactly(0), near: 0, passed: 0 });
});
