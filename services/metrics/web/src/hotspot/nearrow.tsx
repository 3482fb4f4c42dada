/** Visits to the ring that does not count, faint and packed close. */

import type { Ring } from "../model";
import type { Span } from "../span";
import { text } from "../text";
import { useWatch } from "../watch";
import { BarMarks } from "./barmarks";
import { ROW } from "./lanerow";
import type { Bar } from "./lanes";
import type { Names } from "./names";
import type { Tone } from "./teams";
import { toneOf } from "./teams";
import { told } from "./wording";

interface Props {
  rows: readonly Bar[][];
  axis: Span;
  names: Names;
  tones: ReadonlyMap<string, Tone>;
  /** The ring that counts. */
  ring: Ring;
}

export function NearRow({ rows, axis, names, tones, ring }: Props) {
  const { times } = useWatch();
  const words = text.hotspotPage;
  return (
    <div class="lane near-lane">
      <div class="lane-label">
        <p>
          <strong>{words.nearRing[ring]}</strong>
        </p>
      </div>
      <svg class="lane-track" height={rows.length * ROW} aria-hidden>
        {rows.map((row, at) =>
          row.map((bar) => {
            const { callSign, team } = names(bar.visit.radio_id, bar.stay.from);
            const when = words.fromTo(times.minute(bar.stay.from), times.minute(bar.stay.to));
            return (
              <g key={bar.visit.visit_id} class={`tone-${toneOf(team, tones)}`}>
                <title>{`${callSign}, ${when}, ${told(bar.minutes)}`}</title>
                <BarMarks bar={bar} axis={axis} y={at * ROW + 5} />
              </g>
            );
          }),
        )}
      </svg>
    </div>
  );
}
