/** The list of units: the map in words. */
import type { Signal } from "@preact/signals";
import { age } from "../format";
import type { Unit } from "../model";
import { isSilent, isThere, nameOf } from "../model";
import { matches } from "../parts/find";
import { text } from "../text";
import { useWatch } from "../watch";
import { Panel } from "./panel";
import type { Selection } from "./selection";
import { pick, picked } from "./selection";

interface Props {
  selection: Signal<Selection>;
  wanted: Signal<string>;
}

export function UnitList({ selection, wanted }: Props) {
  const { board, beat } = useWatch().live;
  beat.value; // read again when the board changed
  const all = board.units.sorted();
  const silent = all.filter(isSilent).length;
  return (
    <Panel
      id="unit"
      title={text.units}
      summary={text.unitsSummary(all.length - silent, silent)}
      none={text.noUnits}
      all={all.length}
      found={all.filter((unit) => matches(nameOf(unit), wanted.value))}
      row={(unit) => (
        <UnitRow
          key={unit.radio_id}
          unit={unit}
          selected={picked(selection.value, "unit", unit.radio_id)}
          onPick={() => pick(selection, "unit", unit.radio_id)}
        />
      )}
    />
  );
}

function UnitRow({
  unit,
  selected,
  onPick,
}: {
  unit: Unit;
  selected: boolean;
  onPick: () => void;
}) {
  const { board, now } = useWatch().live;
  const remark = remarks(unit).join(" · ");
  const heard = text.ago(age(now.value - Date.parse(unit.heard_at)));
  const where = whereabouts(unit, (id) => board.hotspots.get(id)?.name ?? id);
  const inCore = unit.hotspots.some(({ ring }) => ring === "core");
  const classes = [inCore && isThere(unit) && "patrolled", isSilent(unit) && "quiet"];
  return (
    <li class={classes.filter(Boolean).join(" ")}>
      <button class="row" type="button" aria-pressed={selected} onClick={onPick}>
        <span class="row-name">{nameOf(unit)}</span>
        <span class="row-state">{text.states[unit.state]}</span>
        <span class="row-note">{unit.lat === null || isThere(unit) ? where : text.was(where)}</span>
        <span class="row-fix">
          {unit.accuracy_m === null ? heard : `${text.accuracy(unit.accuracy_m)} · ${heard}`}
        </span>
        {remark !== "" && <span class="row-remark">{remark}</span>}
      </button>
      <a
        class="row-page"
        href={`/units/${encodeURIComponent(unit.radio_id)}`}
        aria-label={text.pageOf(nameOf(unit))}
      >
        ›
      </a>
    </li>
  );
}

/** Where the unit is, in words: in a core before near one. */
export function whereabouts(
  unit: Pick<Unit, "lat" | "hotspots">,
  nameOfHotSpot: (hotspotId: string) => string,
): string {
  if (unit.lat === null) return text.noPosition;
  const inCore = unit.hotspots.find((inside) => inside.ring === "core");
  if (inCore !== undefined) return text.inCore(nameOfHotSpot(inCore.hotspot_id));
  const [near] = unit.hotspots;
  return near === undefined ? text.elsewhere : text.inCatchment(nameOfHotSpot(near.hotspot_id));
}

/** What is worth looking into: another interval than the one set, and fixes that were not used. */
export function remarks(unit: Unit): string[] {
  const { observed_interval_s: observed, expected_interval_s: set, set_aside } = unit;
  const found: string[] = [];
  if (observed !== null && Math.abs(observed - set) > set / 2) {
    found.push(text.reportsEvery(observed, set));
  }
  const reasons = Object.entries(set_aside).filter(([, count]) => count > 0);
  reasons.sort(([a, many], [b, few]) => few - many || a.localeCompare(b));
  if (reasons.length > 0) {
    const all = reasons.reduce((sum, [, count]) => sum + count, 0);
    const words = reasons.map(([reason, count]) => `${count} ${reason.replaceAll("_", " ")}`);
    found.push(text.setAside(all, words.join(", ")));
  }
  return found;
}
