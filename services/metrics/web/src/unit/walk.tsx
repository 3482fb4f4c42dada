/** A track on its map, and walking along it: where the radio was at one moment. */
import type { Signal as Shared } from "@preact/signals";
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { whereabouts } from "../board/unitlist";
import type { LocalTimes } from "../format";
import { duration } from "../format";
import { text } from "../text";
import { useWatch } from "../watch";
import type { HotSpots } from "./hotspots";
import { nameIn } from "./hotspots";
import type { Fix, Track } from "./track";
import { positionAt } from "./track";
import { TrackMap } from "./trackmap";

const STEP_MS = 10_000;

interface Props {
  track: Track;
  hotspots: HotSpots;
  /** The hot spots that had a visit. */
  visited: ReadonlySet<string>;
  /** The moment that the person stands at; null before they begin. */
  cursor: Shared<number | null>;
}

export function Walk({ track, hotspots, visited, cursor }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const map = useRef<TrackMap | null>(null);
  const fixes = track.stretches.flat();
  useEffect(() => {
    if (container.current === null) return undefined;
    const drawn = new TrackMap(container.current);
    map.current = drawn;
    return () => {
      drawn.remove();
      map.current = null;
    };
  }, []);
  useEffect(() => {
    map.current?.draw(track, hotspots, visited);
    map.current?.stand(positionAt(track, cursor.peek() ?? Number.POSITIVE_INFINITY));
  }, [track, hotspots, visited, cursor]);
  useSignalEffect(() => {
    map.current?.stand(positionAt(track, cursor.value ?? Number.POSITIVE_INFINITY));
  });
  return (
    <>
      <section class="track-map" aria-label={text.unitPage.trackMap}>
        <div ref={container} />
      </section>
      {fixes.length === 0 ? (
        <p class="note">{text.unitPage.noTrack}</p>
      ) : (
        <Slider track={track} fixes={fixes} hotspots={hotspots} cursor={cursor} />
      )}
      <p class="note">
        {text.unitPage.fixesAndGaps(fixes.length, track.gaps.length)} {text.unitPage.dotted}
        {hotspots.size > 0 && ` ${text.unitPage.boundaries}`}
      </p>
    </>
  );
}

interface SliderProps extends Pick<Props, "track" | "hotspots" | "cursor"> {
  fixes: readonly Fix[];
}

function Slider({ track, fixes, hotspots, cursor }: SliderProps) {
  const { times } = useWatch();
  const words = text.unitPage;
  const first = fixes[0]?.at ?? 0;
  const last = fixes.at(-1)?.at ?? 0;
  const at = Math.min(Math.max(cursor.value ?? last, first), last);
  const before = fixes.findLast((fix) => fix.at < at);
  const after = fixes.find((fix) => fix.at > at);
  const place = placeAt(track, at, hotspots, times);
  const stand = (moment: number | undefined) => {
    if (moment !== undefined) cursor.value = moment;
  };
  return (
    <div class="walk">
      <p class="walk-place">
        <output>{place}</output>
      </p>
      <button
        class="plain"
        type="button"
        aria-label={words.before}
        disabled={before === undefined}
        onClick={() => stand(before?.at)}
      >
        ‹
      </button>
      <input
        type="range"
        aria-label={words.walk}
        aria-valuetext={place}
        min={first}
        max={last}
        step={STEP_MS}
        value={at}
        onInput={(event) => stand(event.currentTarget.valueAsNumber)}
      />
      <button
        class="plain"
        type="button"
        aria-label={words.after}
        disabled={after === undefined}
        onClick={() => stand(after?.at)}
      >
        ›
      </button>
      <p class="walk-ends" aria-hidden>
        <span>{times.minute(first)}</span>
        <span>{times.minute(last)}</span>
      </p>
    </div>
  );
}

/** Where the radio was at a moment, in words. */
export function placeAt(track: Track, at: number, hotspots: HotSpots, times: LocalTimes): string {
  const words = text.unitPage;
  const found = positionAt(track, at);
  if (found === null) return words.place(times.clock(at), text.noPosition);
  const { fix, gap } = found;
  if (gap !== null) {
    const [from, to] = [gap.before.at, gap.after.at];
    const length = duration(to - from);
    return words.place(times.clock(at), words.gapNow(times.minute(from), times.minute(to), length));
  }
  const facts = [
    whereabouts(fix, nameIn(hotspots)),
    fix.accuracy_m === null ? null : text.accuracy(fix.accuracy_m),
    fix.status === null ? null : words.status(fix.status),
  ];
  return words.place(times.clock(at), facts.filter((fact) => fact !== null).join(", "));
}
