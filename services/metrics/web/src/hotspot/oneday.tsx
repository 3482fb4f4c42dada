/** A day's timeline: the patrols there, what is certain of them, and the windows that were planned. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Visit } from "../model";
import type { Span } from "../span";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Day } from "./asking";
import { unknownOf } from "./asking";
import { DayTable } from "./daytable";
import { LaneRow } from "./lanerow";
import type { Sources } from "./lanes";
import { axisOf, lanesOf, nearRows } from "./lanes";
import { useMinute } from "./minute";
import { useNames } from "./names";
import { NearRow } from "./nearrow";
import { PlannedRow } from "./plannedrow";
import { stayOf } from "./presence";
import type { Zoom } from "./scale";
import { ZOOMS } from "./scale";
import { Sheet } from "./sheet";
import type { Spans } from "./spans";
import { tonesOf } from "./teams";

interface Props {
  id: string;
  date: string;
  day: Day;
  /** Null until they were told. */
  visits: readonly Visit[] | null;
}

export function OneDay({ id, date, day, visits }: Props) {
  const { times, days } = useWatch();
  const words = text.hotspotPage;
  const today = days.dayOf(useMinute());
  const isToday = date === today;
  const zoom = useSignal<Zoom>(narrow() ? "3" : "1");
  const near = useSignal(false);
  const { explanation, duties } = day;
  const axis = useMemo(() => axisOf(days.span(date), explanation), [days, date, explanation]);
  const there = useMemo(() => (visits ?? []).filter(within(axis)), [visits, axis]);
  const unknown = useUnknown(there, axis, today);
  const sources: Sources = { explanation, visits: there, unknown };
  const lanes = useMemo(() => lanesOf(axis, sources), [axis, explanation, there, unknown]);
  const names = useNames(duties);
  const tones = useMemo(() => tonesOf(duties.flatMap(({ team }) => team ?? [])), [duties]);
  const { ring } = explanation.figures;
  const other = near.value ? nearRows(axis, sources) : [];
  return (
    <section class="hotspot-part" aria-labelledby="day-title">
      <div class="part-head">
        <h2 id="day-title">{words.timeline(times.day(days.startOf(date)))}</h2>
        <ZoomChoice zoom={zoom.value} onChoose={(chosen) => (zoom.value = chosen)} />
        <label class="choice">
          <input
            type="checkbox"
            checked={near.value}
            onChange={(event) => {
              near.value = event.currentTarget.checked;
            }}
          />
          {words.showNear(words.nearRing[ring])}
        </label>
      </div>
      <Sheet axis={axis} zoom={zoom.value} windows={explanation.windows} isToday={isToday}>
        <PlannedRow id={id} axis={axis} explanation={explanation} />
        {visits === null && (
          <p class="note" role="status">
            {words.reading(times.day(days.startOf(date)))}
          </p>
        )}
        {visits !== null && lanes.length === 0 && (
          <p class="note">{isToday ? words.nobodyYet : words.nobody}</p>
        )}
        {lanes.map((lane) => (
          <LaneRow key={lane.id} lane={lane} axis={axis} names={names} tones={tones} />
        ))}
        {other.length > 0 && (
          <NearRow rows={other} axis={axis} names={names} tones={tones} ring={ring} />
        )}
      </Sheet>
      <Keys />
      <details class="as-table">
        <summary>{words.asTable}</summary>
        <DayTable lanes={lanes} windows={explanation.windows} names={names} />
      </details>
    </section>
  );
}

function ZoomChoice({ zoom, onChoose }: { zoom: Zoom; onChoose: (zoom: Zoom) => void }) {
  const words = text.hotspotPage;
  return (
    <fieldset class="zooms" aria-label={words.zoom}>
      {ZOOMS.map((each) => (
        <button
          key={each}
          class="plain"
          type="button"
          aria-pressed={each === zoom}
          onClick={() => onChoose(each)}
        >
          {words.zooms[each]}
        </button>
      ))}
    </fieldset>
  );
}

/** What the marks mean, in words. */
function Keys() {
  const { keys } = text.hotspotPage;
  return (
    <ul class="keys">
      {(["certain", "uncertain", "unknown", "other", "planned"] as const).map((kind) => (
        <li key={kind}>
          <svg class="tone-grey" width="22" height="12" aria-hidden>
            {kind === "unknown" ? (
              <line class="bar-unknown" x1="1" x2="21" y1="6" y2="6" />
            ) : (
              <rect class={`bar-${kind}`} x="1" y="1" width="20" height="10" />
            )}
            {kind === "uncertain" && <rect fill="url(#hatch)" x="1" y="1" width="20" height="10" />}
          </svg>
          {keys[kind]}
        </li>
      ))}
    </ul>
  );
}

/** When nothing was known of the radios that were there; what was told stays until there is more. */
function useUnknown(
  visits: readonly Visit[],
  axis: Span,
  today: string,
): ReadonlyMap<string, Spans> {
  const { days } = useWatch();
  const [told, setTold] = useState<ReadonlyMap<string, Spans>>(new Map());
  const some = visits.filter(({ unknown_seconds }) => unknown_seconds > 0);
  const key = some.map((visit) => `${visit.visit_id} ${visit.unknown_seconds}`).join();
  const latest = useRef("");
  useEffect(() => {
    latest.current = key;
    const radioIds = [...new Set(some.map(({ radio_id }) => radio_id))];
    if (radioIds.length === 0) return;
    unknownOf(radioIds, axis, today, days).then(
      (found) => latest.current === key && setTold(found),
      // Where it cannot be learned it is taken to be the last of each visit.
      () => undefined,
    );
  }, [key, axis]);
  return told;
}

function within(axis: Span): (visit: Visit) => boolean {
  return (visit) => {
    const { from, to } = stayOf(visit);
    return visit.state !== "retracted" && from < axis.to && to >= axis.from;
  };
}

function narrow(): boolean {
  return window.innerWidth < 720;
}
