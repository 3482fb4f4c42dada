/** A hot spot in three lines: its minutes of those due, how its day stands, and what is next. */
import { figure } from "../format";
import type { Compliance, HotSpot } from "../model";
import { Glyph } from "../parts/glyph";
import { RangeBar } from "../parts/range";
import { text } from "../text";
import { useWatch } from "../watch";
import { dayWords, minutesOf, plannedOf, statusOf, windowWords } from "./today";

interface Props {
  hotspot: HotSpot;
  day: Compliance | undefined;
  /** Length of the common axis, in minutes. */
  axis: number;
}

export function HotSpotFigures({ hotspot, day, axis }: Props) {
  const { live, times } = useWatch();
  const minutes = minutesOf(hotspot, day);
  const today = figure(minutes);
  const recorded = today.range !== null;
  const planned = Math.round(plannedOf(day));
  const status = statusOf(day);
  return (
    <>
      <span class="row-line">
        <span class="row-name">
          <Glyph status={status} />
          {hotspot.name}
        </span>
        <span class={recorded ? "row-figure" : "row-figure unrecorded"}>
          <strong class="row-estimate">
            {recorded ? text.minutes(today.estimate) : text.noPatrol}
          </strong>
          <span class="row-range">{today.range}</span>
        </span>
        <span class="row-planned">{planned > 0 && text.ofPlanned(planned, recorded)}</span>
      </span>
      <span class="row-line">
        <span class={`row-day ${status}`}>{dayWords(day)}</span>
        <RangeBar minutes={minutes} axis={axis} planned={planned} />
      </span>
      <span class="row-line">
        <span class="row-window">{windowWords(day, times, live.now.value)}</span>
        <span class={hotspot.units_present > 0 ? "row-note" : "row-note unseen"}>
          {text.unitsHere(hotspot.units_present)}
        </span>
      </span>
    </>
  );
}
