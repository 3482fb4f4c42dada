/** Where times lie on the timeline, and which of them are labelled. Pure. */
import type { Span } from "../span";

/** How many times its width the day is drawn. */
export type Zoom = "1" | "3" | "8";
export const ZOOMS: Zoom[] = ["1", "3", "8"];

const MINUTE_MS = 60_000;
/** From one line to the next, and from one label that there is always room for to the next. */
const STEPS: Record<Zoom, { minutes: number; major: number }> = {
  "1": { minutes: 120, major: 360 },
  "3": { minutes: 60, major: 180 },
  "8": { minutes: 15, major: 60 },
};

export interface Tick {
  at: number;
  /** Labelled also where there is little room. */
  major: boolean;
}

/** A place on an axis in percent, kept within it. */
export function place(axis: Span, at: number): number {
  const share = (at - axis.from) / (axis.to - axis.from);
  return Math.round(Math.min(1, Math.max(0, share)) * 100_000) / 1000;
}

export function ticksOf(axis: Span, zoom: Zoom): Tick[] {
  const step = STEPS[zoom].minutes * MINUTE_MS;
  const major = STEPS[zoom].major * MINUTE_MS;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(axis.from / step) * step; at < axis.to; at += step) {
    ticks.push({ at, major: at % major === 0 });
  }
  return ticks;
}
