/** The sign of how a day stands. Words stand beside it, so screen readers pass it over. */
import type { DayStatus } from "../model";
import { GLYPH_RADIUS, GLYPH_SIZE, GLYPHS } from "./glyphs";

export function Glyph({ status }: { status: DayStatus }) {
  const middle = GLYPH_SIZE / 2;
  return (
    <svg class={`glyph ${status}`} viewBox={`0 0 ${GLYPH_SIZE} ${GLYPH_SIZE}`} aria-hidden>
      <circle cx={middle} cy={middle} r={GLYPH_RADIUS} />
      <path d={GLYPHS[status]} />
    </svg>
  );
}
