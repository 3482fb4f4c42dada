/** The row of planned windows on the timeline, each with what became of it; it opens to why. */
import { useState } from "preact/hooks";
import { GLYPH_RADIUS, GLYPH_SIZE, GLYPHS } from "../parts/glyphs";
import type { Span } from "../span";
import { text } from "../text";
import type { ExplainedWindow, Explanation } from "./explained";
import { place } from "./scale";
import { Windows } from "./why";
import { SIGN_OF_WINDOW } from "./wording";

interface Props {
  id: string;
  axis: Span;
  explanation: Explanation;
}

export function PlannedRow({ id, axis, explanation }: Props) {
  const [isOpen, setOpen] = useState(false);
  const words = text.hotspotPage;
  const { windows } = explanation;
  const whyId = `${id}-windows`;
  return (
    <div class="lane planned-lane">
      <div class="lane-label">
        {windows.length === 0 ? (
          <p>{words.noWindows}</p>
        ) : (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? whyId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <strong>{words.planned}</strong>
            <span class="unseen">{windows.map(inWords).join("; ")}</span>
          </button>
        )}
      </div>
      <svg class="lane-track" height="22" aria-hidden>
        {windows.map((window) => (
          <Outcome key={window.from} window={window} axis={axis} />
        ))}
      </svg>
      {isOpen && (
        <div id={whyId} class="lane-why">
          <Windows explanation={explanation} />
        </div>
      )}
    </div>
  );
}

function inWords({ delivered, planned, status }: ExplainedWindow): string {
  const words = text.hotspotPage;
  return words.windowDone(delivered, planned, words.windowStatus[status]);
}

function Outcome({ window, axis }: { window: ExplainedWindow; axis: Span }) {
  const sign = SIGN_OF_WINDOW[window.status];
  const x = place(axis, Date.parse(window.from));
  const middle = GLYPH_SIZE / 2;
  return (
    <>
      <svg x={`${x}%`} width={GLYPH_SIZE + 6} height="22" aria-hidden>
        <g class={`glyph ${sign}`} transform="translate(4 3)">
          <circle cx={middle} cy={middle} r={GLYPH_RADIUS} />
          <path d={GLYPHS[sign]} />
        </g>
      </svg>
      <text class="outcome" x={`${x}%`} y="16" dx="25">
        {text.hotspotPage.patrolsOf(window.delivered, window.planned)}
      </text>
    </>
  );
}
