/** The form of a plan, to and from what the service takes. Pure. */
import { isId } from "../ids";
import type { Arm, HeldPlan, JudgeBy, Plan, Ring, Weekday } from "../model";
import { text } from "../text";
import type { Question } from "../trial";
import { numberOf } from "../written";
import { instantOf, localOf } from "../zone";
import { usualMinutes } from "./arithmetic";
import { WEEKDAYS } from "./days";

export interface WindowDraft {
  from: string;
  to: string;
  patrols: string;
}

/** What stands in the fields, right or wrong. Times are local, and null means none. */
export interface PlanDraft {
  id: string;
  hotspotId: string;
  arm: Arm;
  on: "weekdays" | "dates";
  weekdays: readonly Weekday[];
  dates: readonly string[];
  windows: readonly WindowDraft[];
  low: string;
  high: string;
  /** Empty: what is usual. */
  perDay: string;
  judgeBy: JudgeBy;
  slack: string;
  gap: string;
  ring: Ring;
  from: string | null;
  to: string | null;
}

export type PlanField =
  | "id"
  | "hotspot"
  | "days"
  | "windows"
  | "low"
  | "high"
  | "perDay"
  | "judgeBy"
  | "slack"
  | "gap"
  | "ring"
  | "arm"
  | "from"
  | "to";
/** What is wrong, field by field. */
export type PlanFaults = Partial<Record<PlanField, string>>;

/** Stands in for an id that is not written yet. */
const UNNAMED = "-";

const FIELDS: Record<string, PlanField> = {
  plan_id: "id",
  hotspot_id: "hotspot",
  weekdays: "days",
  dates: "days",
  windows: "windows",
  "minutes_each.low": "low",
  "minutes_each.high": "high",
  minutes_per_day: "perDay",
  judge_by: "judgeBy",
  slack_minutes: "slack",
  min_gap_minutes: "gap",
  ring: "ring",
  arm: "arm",
  effective_from: "from",
  effective_to: "to",
};

/** An empty form: the guide's 10 to 20 minutes, and what the service takes as usual. */
export function emptyDraft(hotspotId: string): PlanDraft {
  return {
    id: "",
    hotspotId,
    arm: "treatment",
    on: "weekdays",
    weekdays: [],
    dates: [],
    windows: [EMPTY_WINDOW],
    low: "10",
    high: "20",
    perDay: "",
    judgeBy: "patrols",
    slack: "10",
    gap: "30",
    ring: "core",
    from: null,
    to: null,
  };
}

export const EMPTY_WINDOW: WindowDraft = { from: "", to: "", patrols: "1" };

/**
 * The form of a version. A change to what holds at `now` (epoch milliseconds) holds from now on unless
 * another time is given, and one to what is to come from when that was to hold.
 */
export function draftOf(held: HeldPlan, now: number, timeZone: string): PlanDraft {
  const since = Date.parse(held.effective_from);
  const isUsual = held.minutes_per_day === usualMinutes(held);
  return {
    id: held.plan_id,
    hotspotId: held.hotspot_id,
    arm: held.arm,
    on: held.dates.length > 0 ? "dates" : "weekdays",
    weekdays: held.weekdays,
    dates: held.dates,
    windows: held.windows.map(({ from, to, patrols }) => ({ from, to, patrols: String(patrols) })),
    low: String(held.minutes_each.low),
    high: String(held.minutes_each.high),
    perDay: isUsual ? "" : String(held.minutes_per_day),
    judgeBy: held.judge_by,
    slack: String(held.slack_minutes),
    gap: String(held.min_gap_minutes),
    ring: held.ring,
    from: since > now ? localOf(since, timeZone) : null,
    to: held.effective_to === null ? null : localOf(Date.parse(held.effective_to), timeZone),
  };
}

/** What is wrong already here; `taken` tells the ids that others have. */
export function faultsOf(draft: PlanDraft, taken: (id: string) => boolean): PlanFaults {
  const faults: PlanFaults = {};
  if (!isId(draft.id)) faults.id = text.forms.badId;
  else if (taken(draft.id)) faults.id = text.forms.idTaken;
  const days = draft.on === "weekdays" ? draft.weekdays : draft.dates;
  if (days.length === 0 || days.includes("")) faults.days = text.plansPage.form.noDays;
  for (const field of ["low", "high", "slack", "gap"] as const) {
    if (Number.isNaN(numberOf(draft[field]))) faults[field] = text.forms.noNumber;
  }
  if (draft.perDay.trim() !== "" && Number.isNaN(numberOf(draft.perDay))) {
    faults.perDay = text.forms.noNumber;
  }
  if (draft.windows.some(isUnfinished)) faults.windows = text.plansPage.form.unfinished;
  for (const field of ["from", "to"] as const) {
    const time = draft[field];
    if (time !== null && instantOf(time, "UTC") === null) faults[field] = text.forms.noTime;
  }
  return faults;
}

/** What the service is told. Only of a draft without faults of its own. */
export function planOf(draft: PlanDraft, timeZone: string): Plan {
  const from = draft.from === null ? null : instantOf(draft.from, timeZone);
  const to = draft.to === null ? null : instantOf(draft.to, timeZone);
  return {
    hotspot_id: draft.hotspotId,
    weekdays: draft.on === "weekdays" ? [...draft.weekdays] : [],
    dates: draft.on === "dates" ? [...draft.dates] : [],
    windows: draft.windows.map((window) => ({ ...window, patrols: numberOf(window.patrols) })),
    minutes_each: { low: numberOf(draft.low), high: numberOf(draft.high) },
    ...(draft.perDay.trim() === "" ? {} : { minutes_per_day: numberOf(draft.perDay) }),
    slack_minutes: numberOf(draft.slack),
    min_gap_minutes: numberOf(draft.gap),
    judge_by: draft.judgeBy,
    ring: draft.ring,
    arm: draft.arm,
    ...(from === null ? {} : { effective_from: new Date(from).toISOString() }),
    ...(to === null ? {} : { effective_to: new Date(to).toISOString() }),
  };
}

/** Where to try a draft, and what to send; null while it has faults of its own. */
export function trialOf(draft: PlanDraft, timeZone: string): Question | null {
  const { id: _, ...others } = faultsOf(draft, () => false);
  if (Object.keys(others).length > 0) return null;
  const id = isId(draft.id) ? draft.id : UNNAMED;
  return { path: `${addressOf(id)}?dry_run=1`, body: planOf(draft, timeZone) };
}

export function addressOf(id: string): string {
  return `/v1/plans/${encodeURIComponent(id)}`;
}

/** What the service said is wrong: by field, and what is of no field. */
export function faultsSaid(errors: readonly { field: string; message: string }[]): {
  faults: PlanFaults;
  rest: string[];
} {
  const faults: PlanFaults = {};
  const rest: string[] = [];
  for (const { field, message } of errors) {
    const [first = "", second = ""] = field.split(".");
    const ours = FIELDS[`${first}.${second}`] ?? FIELDS[first];
    const isWindow = first === "windows" && second !== "";
    const words = isWindow ? text.plansPage.form.ofWindow(Number(second) + 1, message) : message;
    if (ours === undefined) rest.push(field === "" ? message : `${field}: ${message}`);
    else faults[ours] ??= words;
  }
  return { faults, rest };
}

/** A name for a plan to make its id from: its hot spot and its days. */
export function nameOf({ hotspotId, on, weekdays, dates }: PlanDraft): string {
  if (on === "dates") return `${hotspotId} ${dates[0] ?? ""}`;
  if (weekdays.length === WEEKDAYS.length) return `${hotspotId} daily`;
  return [hotspotId, ...weekdays].join(" ");
}

function isUnfinished({ from, to, patrols }: WindowDraft): boolean {
  return from === "" || to === "" || !Number.isInteger(numberOf(patrols));
}
