/** The list of hot spots: who is there now, and the police minutes of today with their range. */
import { byId, make, write } from "./dom";
import type { LocalTimes } from "./format";
import { axisFor, figure } from "./format";
import type { HotSpot, Minutes, Visit } from "./model";
import { RangeBar } from "./range";
import type { Row } from "./rows";
import { Rows } from "./rows";
import type { Pick } from "./selection";
import { text } from "./text";

/** All that one row shows. */
export interface HotSpotItem {
  hotspot: HotSpot;
  /** The open visits to its core. */
  visits: readonly Visit[];
  nameOfRadio: (radioId: string) => string;
  /** Length of the common axis, in minutes. */
  axis: number;
  selected: boolean;
}

/** The axis on which all of these can be drawn, in minutes. */
export function commonAxis(hotspots: Iterable<HotSpot>): number {
  let longest = 0;
  for (const hotspot of hotspots) longest = Math.max(longest, hotspot.minutes_today.high);
  return axisFor(longest);
}

/** A row for each hot spot, in `#hotspot-rows`. */
export function hotspotRows(times: LocalTimes, pick: Pick): Rows<HotSpotItem> {
  const list = byId("hotspot-rows", HTMLUListElement);
  return new Rows(list, (id) => new HotSpotRow(times, () => pick("hotspot", id)));
}

class HotSpotRow implements Row<HotSpotItem> {
  readonly element: HTMLLIElement;
  readonly #times: LocalTimes;
  readonly #button = make("button", "row");
  readonly #name = make("span", "row-name");
  readonly #estimate = make("strong", "row-estimate");
  readonly #range = make("span", "row-range");
  readonly #present = make("span", "row-note");
  readonly #bar = new RangeBar();
  readonly #visits = make("ul", "visits");
  readonly #visitRows: Rows<HTMLElement[]>;

  constructor(times: LocalTimes, onPick: () => void) {
    this.#times = times;
    this.#button.type = "button";
    this.#button.addEventListener("click", onPick);
    const figures = make("span", "row-figure", this.#estimate, this.#range);
    this.#button.append(this.#name, figures, this.#present);
    this.#button.append(this.#bar.element);
    this.element = make("li", "", this.#button, this.#visits);
    this.#visitRows = new Rows(this.#visits, () => {
      const element = make("li", "visit");
      return { element, update: (cells) => element.replaceChildren(...cells) };
    });
  }

  update({ hotspot, visits, nameOfRadio, axis, selected }: HotSpotItem): void {
    write(this.#name, hotspot.name);
    const today = figure(hotspot.minutes_today);
    write(this.#estimate, today.range === null ? text.noPatrol : text.minutes(today.estimate));
    write(this.#range, today.range ?? "");
    write(this.#present, text.unitsHere(hotspot.units_present));
    this.#bar.draw(hotspot.minutes_today, axis);
    this.element.classList.toggle("patrolled", hotspot.units_present > 0);
    this.element.classList.toggle("unrecorded", today.range === null);
    this.#button.setAttribute("aria-expanded", String(selected));
    this.#visits.hidden = !selected || visits.length === 0;
    if (selected) this.#showVisits(visits, nameOfRadio);
  }

  #showVisits(visits: readonly Visit[], nameOfRadio: (radioId: string) => string): void {
    const cells = visits.map((visit): [string, HTMLElement[]] => {
      const name = make("span", "visit-name");
      write(name, nameOfRadio(visit.radio_id));
      const since = make("span", "visit-since");
      write(since, text.since(this.#times.minute(Date.parse(visit.entered_at))));
      const length = make("span", "visit-length");
      const stay = figure(inMinutes(visit));
      const figures = visit.settled ? text.final : text.provisional;
      write(length, `${text.minutes(stay.estimate)} ${stay.range ?? ""} ${figures}`);
      return [visit.visit_id, [name, since, length]];
    });
    this.#visitRows.show(new Map(cells));
  }
}

function inMinutes(visit: Visit): Minutes {
  return {
    low: visit.seconds_low / 60,
    estimate: visit.seconds / 60,
    high: visit.seconds_high / 60,
  };
}
