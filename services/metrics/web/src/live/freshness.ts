/**
 * Whether what the page shows is the present. Pure.
 *
 * Two things can fail: the stream from the service to this page (nothing was heard, not even the
 * `health` event that comes every two seconds), and the pipeline behind it (`health.stale`).
 */
import type { Health } from "../model";

/** Silence of the stream, in milliseconds, that makes what is shown old: three health events. */
export const SILENT_AFTER_MS = 6000;

export type Freshness =
  | { kind: "live" }
  | { kind: "connecting" }
  | { kind: "silent"; since: number }
  | { kind: "behind"; since: number | null; reason: string | null };

/**
 * @param heardAt epoch milliseconds of the last event, or of the page's start
 * @param health what the service last said; null before it said anything
 */
export function judge(now: number, heardAt: number, health: Health | null): Freshness {
  if (now - heardAt > SILENT_AFTER_MS) return { kind: "silent", since: heardAt };
  if (health === null) return { kind: "connecting" };
  if (!health.stale) return { kind: "live" };
  const since = health.engine_time === null ? null : Date.parse(health.engine_time);
  return { kind: "behind", since, reason: health.reason };
}

/** Whether the figures must look old. */
export function isOld(freshness: Freshness): boolean {
  return freshness.kind === "silent" || freshness.kind === "behind";
}
