/** The list of hot spots, the most urgent first: what was done of what is due, and who is there. */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { axisFor } from "../format";
import type { Compliance, HotSpot, Visit } from "../model";
import { matches } from "../parts/find";
import { text } from "../text";
import { useWatch } from "../watch";
import { HotSpotFigures } from "./hotspotfigures";
import { OpenVisits } from "./openvisits";
import { Panel } from "./panel";
import type { Selection } from "./selection";
import { pick, picked } from "./selection";
import { minutesOf, plannedOf } from "./today";
import { useUrgentOrder } from "./urgentorder";

interface Props {
  selection: Signal<Selection>;
  wanted: Signal<string>;
}

export function HotSpotList({ selection, wanted }: Props) {
  const { board } = useWatch().live;
  const entered = useSignal(false);
  const { hotspots: all, order } = useUrgentOrder(entered.value);
  const visits = board.visitsByHotSpot();
  const axis = useAxis(all);
  const patrolled = all.filter((each) => each.units_present > 0).length;
  return (
    <Panel
      id="hotspot"
      title={text.hotspots}
      summary={text.hotspotsSummary(patrolled, all.length)}
      none={text.noHotspots}
      all={all.length}
      found={all.filter(({ name }) => matches(name, wanted.value))}
      onEnter={(inside) => {
        entered.value = inside;
      }}
      row={(hotspot) => (
        <HotSpotRow
          key={hotspot.hotspot_id}
          hotspot={hotspot}
          day={board.compliance.get(hotspot.hotspot_id)}
          visits={visits.get(hotspot.hotspot_id) ?? []}
          axis={axis}
          selected={picked(selection.value, "hotspot", hotspot.hotspot_id)}
          onPick={() => pick(selection, "hotspot", hotspot.hotspot_id)}
        />
      )}
    >
      <p class="caption">
        <span>{order.held ? text.orderHeld : text.urgentFirst}</span>
        <span class="axis-of">
          {text.policeMinutes}
          <span class="axis" aria-hidden>
            <span>0</span>
            <span id="axis">{text.minutes(String(axis))}</span>
          </span>
        </span>
      </p>
    </Panel>
  );
}

/** The length of the axis common to all rows, in minutes. */
export function useAxis(all: readonly HotSpot[]): number {
  const { compliance } = useWatch().live.board;
  const longest = all.map((each) => {
    const day = compliance.get(each.hotspot_id);
    return Math.max(minutesOf(each, day).high, plannedOf(day));
  });
  return axisFor(Math.max(0, ...longest));
}

interface RowProps {
  hotspot: HotSpot;
  day: Compliance | undefined;
  /** The open visits to its core. */
  visits: readonly Visit[];
  /** Length of the common axis, in minutes. */
  axis: number;
  selected: boolean;
  onPick: () => void;
}

function HotSpotRow({ hotspot, day, visits, axis, selected, onPick }: RowProps) {
  const { name, hotspot_id: id } = hotspot;
  return (
    <li class={hotspot.units_present > 0 ? "patrolled" : ""}>
      <button class="row" type="button" aria-expanded={selected} onClick={onPick}>
        <HotSpotFigures hotspot={hotspot} day={day} axis={axis} />
      </button>
      <a
        class="row-page"
        href={`/hotspots/${encodeURIComponent(id)}`}
        aria-label={text.pageOf(name)}
      >
        ›
      </a>
      {selected && visits.length > 0 && <OpenVisits visits={visits} />}
    </li>
  );
}
