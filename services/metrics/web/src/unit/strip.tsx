/** The timeline of a shift as a strip: where the unit was above, silence below. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Signal } from "../model";
import { overlap } from "../span";
import { text } from "../text";
import { useWatch } from "../watch";
import { silenceOf } from "./silence";
import type { Kind } from "./timeline";
import { hoursOf } from "./timeline";
import type { Props as TimeProps } from "./timewent";

/** In pixels, so that words on it are not stretched. */
const STATE = { y: 2, height: 30 };
const SILENCE = { y: 38, height: 10 };
const AXIS_Y = 66;
const HEIGHT = 72;
const LETTER = 7;
const LABEL_EVERY = 64;
/** What lasts shorter than this can still be seen. */
const THINNEST = 2;

type Props = Omit<TimeProps, "totals"> & { label: string };

export function Strip({ shift, parts, silences, until, cursor, nameOf, label }: Props) {
  const { times } = useWatch();
  const [frame, width] = useWidth();
  const x = (at: number) => ((at - shift.from) / (shift.to - shift.from)) * width;
  const hours = hoursOf(shift, Math.max(2, Math.floor(width / LABEL_EVERY)));
  return (
    <div class="strip" ref={frame}>
      <svg role="img" aria-label={label} width={width} height={HEIGHT}>
        <defs>
          <pattern id="unknown-hatch" width="6" height="6" patternUnits="userSpaceOnUse">
            <path class="hatch" d="M-1 7 L7 -1 M-1 1 L1 -1 M5 7 L7 5" />
          </pattern>
        </defs>
        {parts.map(({ kind, from, to, hotspotIds }) => (
          <PartBar
            key={from}
            kind={kind}
            x={x(from)}
            width={x(to) - x(from)}
            name={hotspotIds.map(nameOf).join(", ")}
          />
        ))}
        {silences.map((signal) => (
          <SilenceBar key={signal.episode_id} signal={signal} shift={shift} until={until} x={x} />
        ))}
        {hours.map((at) => (
          <g key={at} class="hour">
            <line x1={x(at)} x2={x(at)} y1={SILENCE.y + SILENCE.height + 2} y2={AXIS_Y - 12} />
            <text x={x(at)} y={AXIS_Y} text-anchor={anchorAt(x(at), width)}>
              {times.minute(at)}
            </text>
          </g>
        ))}
        {cursor.value !== null && (
          <line
            class="cursor"
            x1={x(cursor.value)}
            x2={x(cursor.value)}
            y1={0}
            y2={SILENCE.y + SILENCE.height}
          />
        )}
      </svg>
      <Keys />
    </div>
  );
}

interface BarProps {
  kind: Kind;
  x: number;
  width: number;
  name: string;
}

function PartBar({ kind, x, width, name }: BarProps) {
  const thin = kind === "outside" || kind === "ahead";
  const place = thin ? { y: STATE.y + STATE.height / 2 - 2, height: 4 } : STATE;
  const fits = name.length * LETTER < width - 8;
  return (
    <>
      <rect class={`part ${kind}`} x={x} width={Math.max(width, THINNEST)} {...place} />
      {kind === "unknown" && (
        <rect fill="url(#unknown-hatch)" x={x} width={Math.max(width, THINNEST)} {...place} />
      )}
      {kind === "inside" && fits && (
        <text class="part-name" x={x + width / 2} y={STATE.y + 20} text-anchor="middle">
          {name}
        </text>
      )}
    </>
  );
}

interface SilenceProps {
  signal: Signal;
  shift: TimeProps["shift"];
  until: number;
  x: (at: number) => number;
}

function SilenceBar({ signal, shift, until, x }: SilenceProps) {
  const shown = overlap(shift, silenceOf(signal, until));
  if (shown === null) return null;
  return (
    <rect
      class={signal.cause === "unexpected" ? "silence unexpected" : "silence"}
      x={x(shown.from)}
      width={Math.max(x(shown.to) - x(shown.from), THINNEST)}
      {...SILENCE}
    />
  );
}

/** What the marks mean, in words. */
function Keys() {
  const { keys } = text.unitPage;
  return (
    <ul class="keys" aria-hidden>
      {(["inside", "outside", "unknown"] as const).map((kind) => (
        <li key={kind}>
          <svg width="18" height="12" aria-hidden>
            <rect
              class={`part ${kind}`}
              width="18"
              y={kind === "outside" ? 4 : 0}
              height={kind === "outside" ? 4 : 12}
            />
            {kind === "unknown" && <rect fill="url(#unknown-hatch)" width="18" height="12" />}
          </svg>
          {keys[kind]}
        </li>
      ))}
      {(["unexpected", "otherwise"] as const).map((kind) => (
        <li key={kind}>
          <svg width="18" height="12" aria-hidden>
            <rect class={`silence ${kind}`} x="1" width="16" y="1" height="10" />
          </svg>
          {keys[kind]}
        </li>
      ))}
    </ul>
  );
}

function anchorAt(x: number, width: number): "start" | "middle" | "end" {
  if (x < 20) return "start";
  return x > width - 20 ? "end" : "middle";
}

/** How wide an element is, in pixels, now and whenever it changes. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(entry.contentRect.width);
    });
    if (frame.current !== null) observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  return [frame, width] as const;
}
