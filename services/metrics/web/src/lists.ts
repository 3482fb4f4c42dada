/** Both lists: sorted, searched, and cut to a length a browser can bear. */
import { byId, write } from "./dom";
import type { LocalTimes } from "./format";
import { commonAxis, hotspotRows } from "./hotspots";
import { isSilent, nameOf } from "./model";
import type { Pick, Selection } from "./selection";
import { picked } from "./selection";
import type { Board } from "./store";
import { text } from "./text";
import { unitRows } from "./units";

/** Rows beyond these are counted, not drawn. */
const MOST_ROWS = 200;

export class Lists {
  readonly #board: Board;
  readonly #search = byId("search", HTMLInputElement);
  readonly #hotspotRows;
  readonly #unitRows;

  constructor(board: Board, times: LocalTimes, pick: Pick, onSearch: () => void) {
    this.#board = board;
    this.#hotspotRows = hotspotRows(times, pick);
    this.#unitRows = unitRows(pick);
    this.#search.addEventListener("input", onSearch);
  }

  /** `now` is the service's time, in epoch milliseconds. */
  show(selection: Selection, now: number): void {
    this.#showHotSpots(selection);
    this.#showUnits(selection, now);
  }

  /** Brings the row of what was picked into sight. */
  reveal(selection: NonNullable<Selection>): void {
    const rows = selection.kind === "hotspot" ? this.#hotspotRows : this.#unitRows;
    rows.reveal(selection.id);
  }

  #showHotSpots(selection: Selection): void {
    const { hotspots, units } = this.#board;
    const visits = this.#board.visitsByHotSpot();
    const axis = commonAxis(hotspots.values());
    const nameOfRadio = (id: string) => {
      const unit = units.get(id);
      return unit === undefined ? id : nameOf(unit);
    };
    write(byId("axis", HTMLElement), text.minutes(String(axis)));
    const found = hotspots.sorted().filter(({ name }) => this.#matches(name));
    const items = found.slice(0, MOST_ROWS).map((hotspot) => {
      const id = hotspot.hotspot_id;
      const selected = picked(selection, "hotspot", id);
      return [id, { hotspot, visits: visits.get(id) ?? [], nameOfRadio, axis, selected }] as const;
    });
    this.#hotspotRows.show(new Map(items));
    const patrolled = [...hotspots.values()].filter(({ units_present: n }) => n > 0).length;
    const summary = text.hotspotsSummary(patrolled, hotspots.size);
    describe("hotspot", summary, found.length, hotspots.size, text.noHotspots);
  }

  #showUnits(selection: Selection, now: number): void {
    const { hotspots, units } = this.#board;
    const nameOfHotSpot = (id: string) => hotspots.get(id)?.name ?? id;
    const found = units.sorted().filter((unit) => this.#matches(nameOf(unit)));
    const items = found.slice(0, MOST_ROWS).map((unit) => {
      const id = unit.radio_id;
      return [id, { unit, nameOfHotSpot, now, selected: picked(selection, "unit", id) }] as const;
    });
    this.#unitRows.show(new Map(items));
    const quiet = [...units.values()].filter(isSilent).length;
    const summary = text.unitsSummary(units.size - quiet, quiet);
    describe("unit", summary, found.length, units.size, text.noUnits);
  }

  #matches(name: string): boolean {
    const wanted = this.#search.value.trim().toLocaleLowerCase("en-GB");
    return wanted === "" || name.toLocaleLowerCase("en-GB").includes(wanted);
  }
}

/** Writes a list's summary, and under it why it is empty or that there is more. */
function describe(list: string, summary: string, found: number, all: number, none: string): void {
  write(byId(`${list}-summary`, HTMLElement), all === 0 ? "" : summary);
  const element = byId(`${list}-note`, HTMLElement);
  const more = found > MOST_ROWS ? text.more(found - MOST_ROWS) : "";
  const empty = all === 0 ? none : text.noMatch;
  write(element, found === 0 ? empty : more);
  element.hidden = element.textContent === "";
}
