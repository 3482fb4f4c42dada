/** How a hot spot's day stands, in figures and words. Pure. */
import type { LocalTimes } from "../format";
import { stretch } from "../format";
import type { Compliance, DayStatus, HotSpot, Minutes } from "../model";
import { text } from "../text";
import { openWindow, windowAhead } from "./urgency";

/** Where nothing was told of a day yet, nothing is known to be due. */
export function statusOf(day: Compliance | undefined): DayStatus {
  return day?.status ?? "not_planned";
}

/** Today's police minutes: by the rules of its plan, or where there is none all that were spent there. */
export function minutesOf(hotspot: HotSpot, day: Compliance | undefined): Minutes {
  return day === undefined || day.plan_id === null ? hotspot.minutes_today : day.patrol_minutes;
}

/** Minutes due today; nothing where none are. */
export function plannedOf(day: Compliance | undefined): number {
  return day?.planned_minutes ?? 0;
}

/** `behind · 3 of 6 patrols`, with what else is worth knowing of them. */
export function dayWords(day: Compliance | undefined): string {
  const words: string[] = [text.dayStatus[statusOf(day)]];
  if (day === undefined) return words.join("");
  if (day.planned_patrols > 0) {
    words.push(text.patrolsOf(day.qualifying_patrols, day.planned_patrols));
  }
  if (day.uncertain_patrols > 0) words.push(text.uncertain(day.uncertain_patrols));
  const days = day.days_since_last_patrol;
  if (days !== null && days > 1 && day.status !== "not_planned") words.push(text.lastPatrol(days));
  return words.join(" · ");
}

/** The window that is open, or else the next one; nothing where no more is to be done today. */
export function windowWords(day: Compliance | undefined, times: LocalTimes, now: number): string {
  if (day === undefined) return "";
  const hours = (from: string, to: string) =>
    `${times.minute(Date.parse(from))}–${times.minute(Date.parse(to))}`;
  const open = openWindow(day);
  if (open !== undefined) {
    const left = Date.parse(open.to) - now;
    const done = text.patrolsOf(open.delivered, open.planned);
    const time = left < 60_000 ? text.ending : text.left(stretch(left));
    return `${hours(open.from, open.to)}, ${done}, ${time}`;
  }
  const next = windowAhead(day);
  if (next === undefined) return "";
  const due = text.patrolsDue(next.planned);
  return `${hours(next.from, next.to)}, ${due}, ${text.soon(stretch(Date.parse(next.from) - now))}`;
}
