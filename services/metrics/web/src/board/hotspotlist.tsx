/** The list of hot spots: who is there now, and the police minutes of today with their range. */
import type { Signal } from "@preact/signals";
import { axisFor, figure } from "../format";
import type { HotSpot, Minutes, Visit } from "../model";
import { nameOf } from "../model";
import { RangeBar } from "../parts/range";
import { text } from "../text";
import { useWatch } from "../watch";
import { matches, Panel } from "./panel";
import type { Selection } from "./selection";
import { pick, picked } from "./selection";

interface Props {
  selection: Signal<Selection>;
  wanted: Signal<string>;
}

export function HotSpotList({ selection, wanted }: Props) {
  const { board, beat } = useWatch().live;
  beat.value; // read again when the board changed
  const { hotspots } = board;
  const all = hotspots.sorted();
  const visits = board.visitsByHotSpot();
  const axis = axisFor(Math.max(0, ...all.map((each) => each.minutes_today.high)));
  const patrolled = all.filter((each) => each.units_present > 0).length;
  return (
    <Panel
      id="hotspot"
      title={text.hotspots}
      summary={text.hotspotsSummary(patrolled, all.length)}
      none={text.noHotspots}
      all={all.length}
      found={all.filter(({ name }) => matches(name, wanted.value))}
      row={(hotspot) => (
        <HotSpotRow
          key={hotspot.hotspot_id}
          hotspot={hotspot}
          visits={visits.get(hotspot.hotspot_id) ?? []}
          axis={axis}
          selected={picked(selection.value, "hotspot", hotspot.hotspot_id)}
          onPick={() => pick(selection, "hotspot", hotspot.hotspot_id)}
        />
      )}
    >
      <p class="caption">
        <span>{text.policeMinutes}</span>
        <span class="axis" aria-hidden>
          <span>0</span>
          <span id="axis">{text.minutes(String(axis))}</span>
        </span>
      </p>
    </Panel>
  );
}

interface RowProps {
  hotspot: HotSpot;
  /** The open visits to its core. */
  visits: readonly Visit[];
  /** Length of the common axis, in minutes. */
  axis: number;
  selected: boolean;
  onPick: () => void;
}

function HotSpotRow({ hotspot, visits, axis, selected, onPick }: RowProps) {
  const today = figure(hotspot.minutes_today);
  const recorded = today.range !== null;
  const classes = [hotspot.units_present > 0 && "patrolled", !recorded && "unrecorded"];
  return (
    <li class={classes.filter(Boolean).join(" ")}>
      <button class="row" type="button" aria-expanded={selected} onClick={onPick}>
        <span class="row-name">{hotspot.name}</span>
        <span class="row-figure">
          <strong class="row-estimate">
            {recorded ? text.minutes(today.estimate) : text.noPatrol}
          </strong>
          <span class="row-range">{today.range}</span>
        </span>
        <span class="row-note">{text.unitsHere(hotspot.units_present)}</span>
        <RangeBar minutes={hotspot.minutes_today} axis={axis} />
      </button>
      {selected && visits.length > 0 && (
        <ul class="visits">
          {visits.map((visit) => (
            <VisitRow key={visit.visit_id} visit={visit} />
          ))}
        </ul>
      )}
    </li>
  );
}

function VisitRow({ visit }: { visit: Visit }) {
  const { live, times } = useWatch();
  const unit = live.board.units.get(visit.radio_id);
  const stay = figure(inMinutes(visit));
  const figures = visit.settled ? text.final : text.provisional;
  return (
    <li class="visit">
      <span class="visit-name">{unit === undefined ? visit.radio_id : nameOf(unit)}</span>
      <span class="visit-since">{text.since(times.minute(Date.parse(visit.entered_at)))}</span>
      <span class="visit-length">{`${text.minutes(stay.estimate)} ${stay.range ?? ""} ${figures}`}</span>
    </li>
  );
}

function inMinutes(visit: Visit): Minutes {
  return {
    low: visit.seconds_low / 60,
    estimate: visit.seconds / 60,
    high: visit.seconds_high / 60,
  };
}
