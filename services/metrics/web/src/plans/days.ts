/** The days of a plan as they are read. Pure. */
import type { Weekday } from "../model";
import { text } from "../text";

export const WEEKDAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** Dates beyond these are counted. */
const MOST_DATES = 3;
/** So many days in a row are said as first and last. */
const A_RUN = 3;

/** `Mon–Fri, Sun`; `every day`. */
export function weekdayWords(weekdays: readonly Weekday[]): string {
  if (weekdays.length === WEEKDAYS.length) return text.plansPage.everyDay;
  return runsOf(weekdays).map(runWords).join(", ");
}

/** `1 Jun 2026, 3 Jun 2026 and 4 more`. */
export function dateWords(dates: readonly string[]): string {
  const sorted = [...dates].sort();
  const shown = sorted.slice(0, MOST_DATES).map(dateOf).join(", ");
  const more = sorted.length - MOST_DATES;
  return more > 0 ? text.plansPage.andMore(shown, more) : shown;
}

/** Whether a window ends in the day after the one in which it starts. */
export function endsNextDay({ from, to }: { from: string; to: string }): boolean {
  return to !== "" && to <= from;
}

function runsOf(weekdays: readonly Weekday[]): Weekday[][] {
  const runs: Weekday[][] = [];
  let run: Weekday[] = [];
  for (const day of WEEKDAYS) {
    if (weekdays.includes(day)) {
      if (run.length === 0) runs.push(run);
      run.push(day);
    } else {
      run = [];
    }
  }
  return runs;
}

function runWords(run: readonly Weekday[]): string {
  const names = run.map((day) => text.plansPage.weekdays[day]);
  return run.length < A_RUN ? names.join(", ") : `${names[0]}–${names.at(-1)}`;
}

function dateOf(date: string): string {
  const format: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
  const ms = Date.parse(date);
  return Number.isNaN(ms)
    ? date
    : new Date(ms).toLocaleDateString("en-GB", { ...format, timeZone: "UTC" });
}
