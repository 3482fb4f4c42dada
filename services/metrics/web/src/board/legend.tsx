/** What the signs on the map mean; of how days stand only those that are in sight. */
import type { DayStatus } from "../model";
import { Glyph } from "../parts/glyph";
import { STATUSES } from "../parts/glyphs";
import { text } from "../text";
import { useWatch } from "../watch";
import { statusOf } from "./today";

const UNIT_SIGNS = ["moving", "here", "stale", "lost"] as const;

export function Legend() {
  const { board, beat } = useWatch().live;
  beat.value; // read again when the board changed
  const seen = new Set<DayStatus>();
  for (const id of board.hotspots.ids()) seen.add(statusOf(board.compliance.get(id)));
  return (
    <section class="legend" aria-label={text.legend.title}>
      <ul>
        {STATUSES.filter((status) => seen.has(status)).map((status) => (
          <li key={status}>
            <Glyph status={status} /> {text.dayStatus[status]}
          </li>
        ))}
      </ul>
      <ul>
        {UNIT_SIGNS.map((sign) => (
          <li key={sign}>
            <UnitSign sign={sign} /> {text.legend[sign]}
          </li>
        ))}
      </ul>
    </section>
  );
}

function UnitSign({ sign }: { sign: (typeof UNIT_SIGNS)[number] }) {
  return (
    <svg class={`unit-sign ${sign}`} viewBox="0 0 16 16" aria-hidden>
      {sign === "moving" && <path d="M9.5 4l6 4-6 4z" />}
      <circle cx={sign === "moving" ? 7 : 8} cy="8" r="4.75" />
    </svg>
  );
}
