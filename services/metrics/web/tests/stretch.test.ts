import { expect, test } from "vitest";
import { spanOf } from "../src/span";
import { addressOf, begun, fromQuery, shiftOf } from "../src/unit/stretch";
import { aDuty } from "./examples";

const at = (time: string) => Date.parse(`2026-06-01T${time}Z`);
const duty = (duty_id: string, from: string, to: string) =>
  aDuty({ duty_id, from: `2026-06-01T${from}Z`, to: `2026-06-01T${to}Z` });
const EARLY = duty("early", "06:00:00", "14:00:00");
const LATE = duty("late", "14:00:00", "22:00:00");
const NOW = at("15:20:00");

test.each([
  ["the current duty", null, [EARLY, LATE], NOW, "late"],
  ["the last duty", null, [EARLY], NOW, "early"],
  ["the last duty while another is to come", null, [EARLY, LATE], at("13:00:00"), "early"],
  ["the duty that was asked for", spanOf(EARLY), [EARLY, LATE], NOW, "early"],
])("shown is %s", (_, asked, duties, now, dutyId) => {
  const shift = shiftOf(asked, duties, now);
  expect(shift.duty?.duty_id).toBe(dutyId);
  expect({ from: shift.from, to: shift.to }).toEqual(
    spanOf(duties.find((each) => each.duty_id === dutyId) ?? EARLY),
  );
});

test.each([
  ["the last eight hours", null, [], "07:00:00", "16:00:00"],
  [
    "what was asked for",
    { from: at("09:10:00"), to: at("10:40:00") },
    [EARLY],
    "09:00:00",
    "11:00:00",
  ],
])("without a duty shown is %s, in whole hours", (_, asked, duties, from, to) => {
  expect(shiftOf(asked, duties, NOW)).toEqual({ from: at(from), to: at(to), duty: null });
});

test("only duties that have begun can be picked, the latest first", () => {
  const ids = (now: number) => begun([EARLY, LATE], now).map((each) => each.duty_id);
  expect(ids(NOW)).toEqual(["late", "early"]);
  expect(ids(at("06:00:00"))).toEqual(["early"]);
});

test("an address says which stretch of which radio, and nothing of an officer", () => {
  const address = addressOf("R/1", spanOf(EARLY));
  expect(address).toBe(
    "/units/R%2F1?from=2026-06-01T06%3A00%3A00.000Z&to=2026-06-01T14%3A00%3A00.000Z",
  );
  const query = Object.fromEntries(new URLSearchParams(address.split("?")[1]));
  expect(fromQuery(query)).toEqual(spanOf(EARLY));
});

test.each([
  {},
  { from: "2026-06-01T06:00:00Z" },
  { from: "soon", to: "2026-06-01T06:00:00Z" },
  { from: "2026-06-01T07:00:00Z", to: "2026-06-01T06:00:00Z" },
])("an address that makes no sense asks for nothing: %o", (query) => {
  expect(fromQuery(query)).toBeNull();
});
