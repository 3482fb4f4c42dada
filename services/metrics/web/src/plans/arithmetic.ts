/** What a plan comes to in a day. Pure. */
import type { Plan } from "../model";
import { text } from "../text";

type Planned = Pick<Plan, "windows" | "minutes_each" | "minutes_per_day" | "arm">;

/** Patrols in all windows, and the minutes that they make if each is as short or long as may be. */
export interface Sum {
  patrols: number;
  low: number;
  high: number;
}

export function sumOf({ windows, minutes_each }: Planned): Sum {
  const patrols = windows.reduce((sum, window) => sum + window.patrols, 0);
  return { patrols, low: patrols * minutes_each.low, high: patrols * minutes_each.high };
}

/** The police minutes that are due where nothing else is said: those of the shortest patrols. */
export function usualMinutes(plan: Planned): number {
  return sumOf(plan).low;
}

/** `4 patrols × 10–20 min = 40–80 min a day`; null where no patrol is planned. */
export function sumWords(plan: Planned): string | null {
  const { patrols, low, high } = sumOf(plan);
  if (patrols === 0) return null;
  const { minutes_each } = plan;
  return text.plansPage.sum(
    text.plansPage.patrols(patrols),
    rangeWords(minutes_each.low, minutes_each.high),
    rangeWords(low, high),
  );
}

/** Whether the patrols can reach the minutes that are due, in a sentence. */
export function dueWords(plan: Planned): string {
  const { patrols, high } = sumOf(plan);
  const due = plan.minutes_per_day ?? usualMinutes(plan);
  if (patrols === 0 && due === 0) return plan.arm === "control" ? text.plansPage.nothingDue : "";
  if (patrols === 0) return text.plansPage.dueAlone(number(due));
  if (due > high) return text.plansPage.dueTooMuch(number(due), number(high));
  return text.plansPage.dueFits(number(due));
}

export function rangeWords(low: number, high: number): string {
  return text.plansPage.range(number(low), number(high));
}

/** A number of minutes without needless digits. */
export function number(minutes: number): string {
  return minutes.toLocaleString("en-GB", { maximumFractionDigits: 1, useGrouping: false });
}
