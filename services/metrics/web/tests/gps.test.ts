import { expect, test } from "vitest";
import { qualityOf } from "../src/hotspot/gps";
import type { Visit } from "../src/model";
import { aCompliance, aVisit } from "./examples";

/** Ten minutes of good positions, a fix a minute. */
const good = { seconds: 600, seconds_low: 540, seconds_high: 660, unknown_seconds: 0, fixes: 10 };
const day = (uncertain: number, qualifying: number) =>
  aCompliance({ uncertain_patrols: uncertain, qualifying_patrols: qualifying });

test.each([
  ["good", "unknown", {}, day(0, 5)],
  ["good", "unknown", { seconds_high: 750 }, day(0, 0)],
  ["fair", "width", { seconds_high: 760 }, day(0, 5)],
  ["poor", "width", { seconds_low: 200, seconds_high: 900 }, day(0, 5)],
  ["good", "unknown", { unknown_seconds: 66 }, day(0, 5)],
  ["fair", "unknown", { unknown_seconds: 80 }, day(0, 5)],
  ["poor", "unknown", { unknown_seconds: 300 }, day(0, 5)],
  ["good", "unknown", { fixes: 8 }, day(0, 5)],
  ["fair", "fixes", { fixes: 7 }, day(0, 5)],
  ["fair", "fixes", { fixes: 2 }, day(0, 5)],
  ["poor", "fixes", { fixes: 1 }, day(0, 5)],
  ["fair", "uncertain", {}, day(1, 9)],
  ["poor", "uncertain", {}, day(1, 3)],
  // Unknown time explains the others, and is told before them.
  ["poor", "unknown", { unknown_seconds: 300, fixes: 1 }, day(3, 3)],
] as [string, string, Partial<Visit>, ReturnType<typeof day>][])(
  "%s by %s (%#)",
  (verdict, worst, differing, compliance) => {
    const quality = qualityOf([aVisit({ ...good, ...differing })], [compliance]);
    expect([quality?.verdict, quality?.worst]).toEqual([verdict, worst]);
  },
);

test("long visits weigh more than short ones", () => {
  const visits = [
    aVisit({ ...good, seconds: 5400, seconds_low: 5400, seconds_high: 5400, fixes: 90 }),
    aVisit({ ...good, seconds_low: 0, seconds_high: 1200, fixes: 10 }),
  ];
  const quality = qualityOf(visits, []);
  expect(quality?.measures.width.value).toBe(0.2);
  expect(quality?.measures.fixes.value).toBe(10);
});

test("without time there nothing is judged", () => {
  expect(qualityOf([], [day(0, 0)])).toBeNull();
  expect(qualityOf([aVisit({ seconds: 0 })], [])).toBeNull();
});
