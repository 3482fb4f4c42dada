import { describe, expect, test } from "vitest";
import { countedAndOther, minutesOf, presenceOf, stayOf, together } from "../src/hotspot/presence";
import type { Visit } from "../src/model";
import { aVisit } from "./examples";

const at = (time: string) => Date.parse(`2026-06-01T${time}Z`);
const rfc = (time: string) => new Date(at(time)).toISOString();

/** A visit with its minutes at least, about and at most, as docs/compliance.md tells them. */
function stay(from: string, to: string, minutes: number[], differing: Partial<Visit> = {}): Visit {
  const [low = 0, estimate = 0, high = 0] = minutes;
  return aVisit({
    entered_at: rfc(from),
    left_at: rfc(to),
    seconds: estimate * 60,
    seconds_low: low * 60,
    seconds_high: high * 60,
    state: "closed",
    ...differing,
  });
}

const status = (name: string, from: string, to: string | null = null) => ({
  statuses: [{ status: name, from: rfc(from), to: to === null ? null : rfc(to) }],
});

const told = (visit: Visit) => countedAndOther(visit).map(minutesOf);
const bounds = (low: number, estimate: number, high: number) => ({ low, estimate, high });

describe("the worked week of docs/compliance.md comes out as there", () => {
  test.each([
    ["v1", stay("12:05", "12:18", [12, 13, 14]), bounds(12, 13, 14), bounds(0, 0, 0)],
    [
      "v6 was called away",
      stay("12:00", "12:05", [4, 5, 6], status("en_route", "12:04")),
      bounds(3.5, 4, 4.5),
      bounds(0.5, 1, 1.5),
    ],
    [
      "v16 had refreshments",
      stay("19:00", "19:45", [44, 45, 46], status("refreshments", "19:12")),
      bounds(11.5, 12, 12.5),
      bounds(32.5, 33, 33.5),
    ],
    [
      "v24 guarded a scene",
      stay("16:00", "16:50", [49, 50, 51], status("at_scene", "16:00")),
      bounds(0, 0, 0),
      bounds(49, 50, 51),
    ],
    [
      "v19 was unknown for four minutes",
      stay("20:00", "20:15", [10, 11, 12], { unknown_seconds: 240 }),
      bounds(10, 11, 12),
      bounds(0, 0, 0),
    ],
  ])("%s", (_, visit, counted, other) => {
    expect(told(visit)).toEqual([counted, other]);
  });

  test("v2 and v3 overlap, and count once", () => {
    const visits = [
      stay("20:10", "20:24", [13, 14, 15]),
      stay("20:12", "20:25", [12, 13, 14], { radio_id: "R3" }),
    ];
    const all = together(visits.map((visit) => countedAndOther(visit)[0]));
    expect(minutesOf(all)).toEqual(bounds(14, 15, 16));
  });
});

test("other work that ended before the visit's end leaves what follows counted", () => {
  const visit = stay("12:00", "12:20", [19, 20, 21], status("at_scene", "12:05", "12:10"));
  expect(told(visit)).toEqual([bounds(14, 15, 16), bounds(5, 5, 5)]);
});

describe("unknown time", () => {
  const visit = stay("20:00", "20:15", [10, 11, 12], { unknown_seconds: 240 });

  test("lies where the radio's sheets say", () => {
    const unknown = [{ from: at("20:05"), to: at("20:09") }];
    expect(presenceOf(visit, unknown).estimate).toEqual([
      { from: at("20:00"), to: at("20:05") },
      { from: at("20:09"), to: at("20:15") },
    ]);
  });

  test.each([
    ["nothing", []],
    ["too little", [{ from: at("20:05"), to: at("20:06") }]],
  ])("is taken to be the last of the visit where they say %s", (_, unknown) => {
    expect(presenceOf(visit, unknown).estimate).toEqual([{ from: at("20:00"), to: at("20:11") }]);
  });
});

test("of a visit that goes on, what is known lasts to its last fix", () => {
  const visit = aVisit({ entered_at: rfc("12:00"), seconds: 600, unknown_seconds: 120 });
  expect(stayOf(visit)).toEqual({ from: at("12:00"), to: at("12:12") });
});

test("a visit of nothing certain may still have been", () => {
  const visit = stay("12:00", "12:00", [0, 0, 1]);
  expect(minutesOf(presenceOf(visit))).toEqual(bounds(0, 0, 1));
});
