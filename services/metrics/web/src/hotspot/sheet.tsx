/** The ground of the timeline: hours, planned windows and now, behind the lanes; it scrolls sideways. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Span } from "../span";
import { text } from "../text";
import { useWatch } from "../watch";
import type { ExplainedWindow } from "./explained";
import { useMinute } from "./minute";
import type { Zoom } from "./scale";
import { place, ticksOf } from "./scale";

const MOST_PIXELS = 100_000;
const NEAR_PIXELS = 8;

interface Props {
  axis: Span;
  zoom: Zoom;
  windows: readonly ExplainedWindow[];
  isToday: boolean;
  children: ComponentChildren;
}

export function Sheet({ axis, zoom, windows, isToday, children }: Props) {
  const { times } = useWatch();
  const now = useMinute();
  const frame = useRef<HTMLDivElement>(null);
  const centre = isToday ? place(axis, now) / 100 : 0.5;
  // Where the day does not fit, now is what matters; else what was in the middle stays there.
  const seen = useRef(centre);
  useLayoutEffect(() => {
    if (frame.current !== null) show(frame.current, seen.current);
  }, [zoom]);
  // Who looks at the newest patrol goes on doing so when there is another.
  const atEnd = useRef(isToday);
  useLayoutEffect(() => {
    if (frame.current !== null && atEnd.current) frame.current.scrollTop = MOST_PIXELS;
  });
  const ticks = ticksOf(axis, zoom);
  return (
    <div class="lanes-frame">
      <section
        class="lanes"
        ref={frame}
        aria-label={text.hotspotPage.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          const { scrollTop, clientHeight, scrollHeight } = currentTarget;
          atEnd.current = scrollTop + clientHeight > scrollHeight - NEAR_PIXELS;
          if (zoom !== "1") seen.current = shownBy(currentTarget);
        }}
      >
        <div class={`sheet zoom-${zoom}`}>
          <svg class="sheet-ground" aria-hidden>
            <defs>
              <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse">
                <path class="hatch" d="M-1 6L6 -1M-1 1L1 -1M4 6L6 4" />
              </pattern>
            </defs>
            {windows.map((window) => (
              <Band key={window.from} window={window} axis={axis} />
            ))}
            {ticks.map(({ at, major }) => (
              <line
                key={at}
                class={major ? "tick major" : "tick"}
                x1={`${place(axis, at)}%`}
                x2={`${place(axis, at)}%`}
                y1="0"
                y2="100%"
              />
            ))}
            {isToday && (
              <line
                class="now"
                x1={`${place(axis, now)}%`}
                x2={`${place(axis, now)}%`}
                y1="0"
                y2="100%"
              />
            )}
          </svg>
          <div class="lane edge hours">
            <div class="lane-label" />
            <svg class="lane-track" height="18" aria-hidden>
              {ticks.map(({ at, major }) => (
                <text key={at} class={major ? "major" : ""} x={`${place(axis, at)}%`} y="13" dx="3">
                  {times.minute(at)}
                </text>
              ))}
            </svg>
          </div>
          {children}
          {isToday && <NowLabel axis={axis} now={now} />}
        </div>
      </section>
    </div>
  );
}

function Band({ window, axis }: { window: ExplainedWindow; axis: Span }) {
  const x = (time: string) => place(axis, Date.parse(time));
  const rect = (from: number, to: number) => ({ x: `${from}%`, width: `${to - from}%` });
  return (
    <>
      <rect class="band slack" {...rect(x(window.earliest), x(window.latest))} height="100%" />
      <rect class={`band ${window.status}`} {...rect(x(window.from), x(window.to))} height="100%" />
    </>
  );
}

function NowLabel({ axis, now }: { axis: Span; now: number }) {
  const { times } = useWatch();
  const at = place(axis, now);
  const isLate = at > 90;
  return (
    <div class="lane edge">
      <div class="lane-label" />
      <svg class="lane-track" height="18" aria-hidden>
        <text
          class="now-label"
          x={`${at}%`}
          y="13"
          text-anchor={isLate ? "end" : "start"}
          dx={isLate ? -4 : 4}
        >
          {text.hotspotPage.now(times.minute(now))}
        </text>
      </svg>
    </div>
  );
}

/** Which part of the axis, from 0 to 1, is in the middle of what is seen beside the labels. */
function shownBy(lanes: HTMLElement): number {
  const label = labelWidth(lanes);
  return (lanes.scrollLeft + (lanes.clientWidth - label) / 2) / (lanes.scrollWidth - label);
}

function show(lanes: HTMLElement, middle: number): void {
  const label = labelWidth(lanes);
  lanes.scrollLeft = middle * (lanes.scrollWidth - label) - (lanes.clientWidth - label) / 2;
}

function labelWidth(lanes: HTMLElement): number {
  return lanes.querySelector<HTMLElement>(".lane-label")?.offsetWidth ?? 0;
}
