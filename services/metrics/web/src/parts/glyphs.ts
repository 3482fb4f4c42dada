/**
 * The signs of how a day stands, the same on the map and in lists: each is known by its shape, so that
 * nobody has to tell colours apart. Drawn on 16 by 16, within a disc.
 */
import type { DayStatus } from "../model";

export const GLYPHS: Record<DayStatus, string> = {
  /** An exclamation mark. */
  behind: "M8 4v4.8M8 11.5v.1",
  /** A cross. */
  missed: "M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4",
  /** A stroke across: no entry. */
  contaminated: "M4.2 11.8l7.6-7.6",
  /** A question mark. */
  not_known: "M5.9 6.3a2.1 2.1 0 1 1 3.4 1.6c-.9.7-1.3 1-1.3 1.7M8 12v.1",
  /** The hands of a clock. */
  on_track: "M8 4.3v4l2.6 1.5",
  /** A tick. */
  met: "M4.8 8.3l2.2 2.3 4.2-4.9",
  /** A dash. */
  not_planned: "M5.2 8h5.6",
};

export const STATUSES = Object.keys(GLYPHS) as DayStatus[];

export const GLYPH_SIZE = 16;
export const GLYPH_RADIUS = 7;
