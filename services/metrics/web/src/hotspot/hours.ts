/** Police minutes by the hours of a day, and which hours are planned. Pure. */

import type { ForceDays } from "../days";
import type { Minutes, PlannedWindow } from "../model";
import { spanOf } from "../span";
import type { Presence } from "./presence";
import { inside, minutesOf } from "./presence";

/** An hour of a day by the clock on the wall. */
export interface HourCell {
  /** `06:00` */
  begins: string;
  minutes: Minutes;
  /** From 0, nobody there, to 5, somebody there nearly all of it. */
  shade: number;
  /** Whether a part of it is in a planned window, and whether a window begins or ends in it. */
  planned: boolean;
  begun: boolean;
  ended: boolean;
}

/** Minutes from which on an hour is a shade darker. */
const SHADES_FROM = [0, 10, 20, 30, 45];

/** The hours of a day, given when somebody was there on patrol. */
export function hoursOf(
  date: string,
  days: ForceDays,
  presence: Presence,
  windows: readonly PlannedWindow[],
): HourCell[] {
  const planned = windows.map(spanOf);
  return days.hours(date).map(({ begins, spans }) => {
    const minutes = minutesOf(inside(presence, spans));
    const holds = (at: number) => spans.some(({ from, to }) => from <= at && at < to);
    return {
      begins,
      minutes,
      shade: shadeOf(minutes.estimate),
      planned: planned.some(({ from, to }) => spans.some((of) => from < of.to && of.from < to)),
      begun: planned.some(({ from }) => holds(from)),
      ended: planned.some(({ to }) => holds(to - 1)),
    };
  });
}

function shadeOf(minutes: number): number {
  return SHADES_FROM.filter((from) => minutes > from).length;
}
