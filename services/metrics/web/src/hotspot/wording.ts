/** What is told of a patrol, in the officers' words. Pure. */
import type { LocalTimes } from "../format";
import { figure } from "../format";
import type { DayStatus, Minutes, WindowStatus } from "../model";
import { text } from "../text";
import type { ExplainedPatrol } from "./explained";
import type { Lane } from "./lanes";

const words = text.hotspotPage;

/** The sign of a day that means the same for a window. */
export const SIGN_OF_WINDOW: Record<WindowStatus, DayStatus> = {
  delivered: "met",
  missed: "missed",
  not_known: "not_known",
  open: "on_track",
  ahead: "not_planned",
};

/** The sign of a patrol: a tick counts, a question mark may, a dash does not, a clock is not over. */
export function signOf(patrol: ExplainedPatrol | null): DayStatus {
  if (patrol?.counts) return "met";
  if (patrol === null || patrol.goes_on) return "on_track";
  return patrol.verdict === "uncertain" ? "not_known" : "not_planned";
}

/** `good`, or why it is not; of one that goes on only what it is so far. */
export function verdictOf(patrol: ExplainedPatrol): string {
  const verdict = words.verdict[patrol.verdict];
  if (patrol.goes_on && !patrol.counts) return words.soFar(verdict);
  return patrol.repeats ? `${verdict}, ${words.tooNear}` : verdict;
}

/** `good, counts` */
export function fullVerdictOf(patrol: ExplainedPatrol): string {
  if (patrol.counts) return `${verdictOf(patrol)}, ${words.counts}`;
  const isOpen = patrol.goes_on || patrol.verdict === "uncertain";
  return `${verdictOf(patrol)}, ${isOpen ? words.countsPerhaps : words.countsNot}`;
}

export function verdictOfLane({ patrol, goesOn }: Lane): string {
  if (patrol !== null) return verdictOf(patrol);
  return goesOn ? words.notJudged : words.otherDay;
}

/** `09:20–09:38` */
export function whenOf({ from, to, goesOn }: Lane, times: LocalTimes): string {
  return goesOn
    ? words.since(times.minute(from))
    : words.fromTo(times.minute(from), times.minute(to));
}

/** `17 min (15–18)` */
export function told(minutes: Minutes): string {
  const { estimate, range } = figure(minutes);
  return words.minutes(estimate, range);
}
