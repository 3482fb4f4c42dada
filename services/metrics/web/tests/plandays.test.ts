import { expect, test } from "vitest";
import type { Weekday } from "../src/model";
import { dateWords, endsNextDay, weekdayWords } from "../src/plans/days";

test.each([
  ["mon tue wed thu fri sat sun", "every day"],
  ["sun sat", "Sat, Sun"],
  ["mon tue wed thu fri", "Mon–Fri"],
  ["mon wed thu fri sun", "Mon, Wed–Fri, Sun"],
  ["fri", "Fri"],
])("%s reads %j", (weekdays, words) => {
  expect(weekdayWords(weekdays.split(" ") as Weekday[])).toBe(words);
});

test.each([
  [["2026-12-31"], "31 Dec 2026"],
  [["2026-06-03", "2026-06-01"], "1 Jun 2026, 3 Jun 2026"],
  [
    ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05"],
    "1 Jun 2026, 2 Jun 2026, 3 Jun 2026 and 2 more",
  ],
])("dates read in their order, the last of many counted (%#)", (dates, words) => {
  expect(dateWords(dates)).toBe(words);
});

test.each([
  ["22:00", "02:00", true],
  ["00:00", "00:00", true],
  ["10:00", "12:00", false],
  ["10:00", "", false],
])("whether %s to %s ends in the next day: %s", (from, to, next) => {
  expect(endsNextDay({ from, to })).toBe(next);
});
