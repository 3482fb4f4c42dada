/** An alert in plain words: what, where, since when. Pure. */
import type { LocalTimes } from "../format";
import { age } from "../format";
import type { Alert } from "../model";
import { text } from "../text";

const words = text.alerts;
const DAY_MS = 86_400_000;
/** More radios than these are counted, not named. */
const MOST_NAMES = 4;

/** What happened; it names the unit, source or number of radios, not the place. */
export function whatOf(alert: Alert): string {
  switch (alert.kind) {
    case "outage":
      return outage(alert);
    case "lost":
      return loss(alert);
    case "missed":
      return words.missed(text.patrolsOf(alert.delivered ?? 0, alert.planned ?? 0));
    case "no_patrol":
      return alert.days === null ? words.noPatrolKnown : words.noPatrol(alert.days);
  }
}

export function whereOf(alert: Alert, times: LocalTimes): string {
  const name = alert.name ?? alert.hotspot_id;
  switch (alert.kind) {
    case "outage":
      if (alert.radios.length > 0) return named(alert.radios);
      return alert.cause === "pipeline" ? words.oursWhere : words.sourceWhere;
    case "lost":
      return name === null ? words.lastOutside : words.lastIn(name);
    case "missed": {
      const { window_from: from, window_to: to } = alert;
      if (from === null || to === null) return name ?? words.someHotspot;
      const [start, end] = [from, to].map((at) => times.minute(Date.parse(at)));
      return words.inWindow(name ?? words.someHotspot, start ?? "", end ?? "");
    }
    case "no_patrol":
      return name ?? words.someHotspot;
  }
}

/** `since 12:55, 5 min`, or what is a day old `since Sat 30 May, 2 d`. `now` in epoch milliseconds. */
export function sinceOf(alert: Alert, times: LocalTimes, now: number): string {
  const since = Date.parse(alert.since);
  const time = now - since < DAY_MS ? times.minute(since) : times.day(since);
  return words.sinceFor(time, age(now - since));
}

function outage(alert: Alert): string {
  if (alert.radios.length > 0) return words.area(alert.radios.length);
  if (alert.cause === "pipeline") return words.ours;
  const source = alert.source ?? words.someSource;
  return alert.silence === "lost" ? words.sourceSilent(source) : words.sourceBlind(source);
}

function loss(alert: Alert): string {
  const unit = alert.call_sign ?? alert.radio_id ?? words.someUnit;
  if (alert.silence === "no_position") return words.noPosition(unit);
  return alert.silence === "frozen" ? words.frozen(unit) : words.lost(unit);
}

function named(radios: readonly string[]): string {
  const first = radios.slice(0, MOST_NAMES).join(", ");
  const rest = radios.length - MOST_NAMES;
  return rest > 0 ? `${first} ${text.wall.more(rest)}` : first;
}
