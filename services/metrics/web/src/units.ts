/** The list of units: the map in words. */
import { byId, make, write } from "./dom";
import { age } from "./format";
import type { Unit } from "./model";
import { isSilent, nameOf } from "./model";
import type { Row } from "./rows";
import { Rows } from "./rows";
import type { Pick } from "./selection";
import { text } from "./text";

/** All that one row shows. */
export interface UnitItem {
  unit: Unit;
  nameOfHotSpot: (hotspotId: string) => string;
  /** The service's time, in epoch milliseconds. */
  now: number;
  selected: boolean;
}

/** A row for each unit, in `#unit-rows`. */
export function unitRows(pick: Pick): Rows<UnitItem> {
  const list = byId("unit-rows", HTMLUListElement);
  return new Rows(list, (id) => new UnitRow(() => pick("unit", id)));
}

/** Where the unit is, in words: in a core before near one. */
export function whereabouts(unit: Unit, nameOfHotSpot: (hotspotId: string) => string): string {
  if (unit.lat === null) return text.noPosition;
  const inCore = unit.hotspots.find((inside) => inside.ring === "core");
  if (inCore !== undefined) return text.inCore(nameOfHotSpot(inCore.hotspot_id));
  const near = unit.hotspots[0];
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

class UnitRow implements Row<UnitItem> {
  readonly element: HTMLLIElement;
  readonly #button = make("button", "row");
  readonly #name = make("span", "row-name");
  readonly #state = make("span", "row-state");
  readonly #where = make("span", "row-note");
  readonly #fix = make("span", "row-fix");
  readonly #remark = make("span", "row-remark");

  constructor(onPick: () => void) {
    this.#button.type = "button";
    this.#button.addEventListener("click", onPick);
    this.#button.append(this.#name, this.#state, this.#where, this.#fix, this.#remark);
    this.element = make("li", "", this.#button);
  }

  update({ unit, nameOfHotSpot, now, selected }: UnitItem): void {
    write(this.#name, nameOf(unit));
    write(this.#state, text.states[unit.state]);
    write(this.#where, whereabouts(unit, nameOfHotSpot));
    const parts = [text.ago(age(now - Date.parse(unit.heard_at)))];
    if (unit.accuracy_m !== null) parts.unshift(text.accuracy(unit.accuracy_m));
    write(this.#fix, parts.join(" · "));
    const remark = remarks(unit).join(" · ");
    write(this.#remark, remark);
    this.#remark.hidden = remark === "";
    this.element.classList.toggle(
      "patrolled",
      unit.hotspots.some((inside) => inside.ring === "core"),
    );
    this.element.classList.toggle("quiet", isSilent(unit));
    this.#button.setAttribute("aria-pressed", String(selected));
  }
}
