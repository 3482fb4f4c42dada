/** A patrol on the timeline: a line of its verdict, and a bar for each visit; it opens to why. */
import { useState } from "preact/hooks";
import { Glyph } from "../parts/glyph";
import type { Span } from "../span";
import { text } from "../text";
import { useWatch } from "../watch";
import { BarMarks } from "./barmarks";
import type { Lane } from "./lanes";
import type { Names } from "./names";
import { place } from "./scale";
import type { Tone } from "./teams";
import { toneOf } from "./teams";
import { WhyPatrol } from "./why";
import { signOf, told, verdictOfLane, whenOf } from "./wording";

interface Props {
  lane: Lane;
  axis: Span;
  names: Names;
  tones: ReadonlyMap<string, Tone>;
}

/** In pixels, as in the style sheet. */
export const ROW = 24;
/** From here on, in percent, what is written beside a bar stands before it. */
const LATE = 82;

export function LaneRow({ lane, axis, names, tones }: Props) {
  const { times } = useWatch();
  const [isOpen, setOpen] = useState(false);
  const words = text.hotspotPage;
  const { patrol, stints } = lane;
  const whyId = `why-${lane.id}`;
  const people = stints.map((stint) => ({
    ...names(stint.radioId, stint.bars[0]?.stay.from ?? lane.from),
    ...stint,
  }));
  const late = place(axis, lane.to) > LATE;
  return (
    <div class={lane.goesOn ? "lane goes-on" : "lane"}>
      <div class="lane-label">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? whyId : undefined}
          disabled={patrol === null}
          onClick={() => setOpen(!isOpen)}
        >
          <Glyph status={signOf(patrol)} />
          <strong>{whenOf(lane, times)}</strong>
          <span class="lane-verdict" title={verdictOfLane(lane)}>
            {verdictOfLane(lane)}
          </span>
          <span class="unseen">{told(lane.minutes)}</span>
        </button>
        {people.map(({ radioId, callSign, team }) => (
          <p key={radioId} class={`stint tone-${toneOf(team, tones)}`}>
            <a href={`/units/${encodeURIComponent(radioId)}`}>{callSign}</a>
            <span>{team ?? words.noTeam}</span>
          </p>
        ))}
      </div>
      <svg class="lane-track" height={(people.length + 1) * ROW} aria-hidden>
        <text
          class="lane-minutes"
          x={`${place(axis, late ? lane.to : lane.from)}%`}
          y="16"
          text-anchor={late ? "end" : "start"}
        >
          {told(lane.minutes)}
        </text>
        {people.map(({ radioId, team, bars }, at) => (
          <g key={radioId} class={`tone-${toneOf(team, tones)}`}>
            {bars.map((bar) => (
              <BarMarks key={bar.visit.visit_id} bar={bar} axis={axis} y={(at + 1) * ROW + 5} />
            ))}
          </g>
        ))}
      </svg>
      {isOpen && patrol !== null && (
        <div id={whyId} class="lane-why">
          <WhyPatrol patrol={patrol} names={names} />
        </div>
      )}
    </div>
  );
}
