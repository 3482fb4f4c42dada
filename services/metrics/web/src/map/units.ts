/**
 * The units on the map: a dot with a wedge where it goes, the circle of its accuracy, and its name and
 * age beside it. One that shows no place now is hollow, where it was last.
 */
import type { Circle, LatLngBounds, Map as LeafletMap } from "leaflet";
import { circle, latLngBounds, layerGroup } from "leaflet";
import { make, write } from "../dom";
import { age } from "../format";
import type { Unit } from "../model";
import { isThere, nameOf } from "../model";
import { Layers } from "./layers";
import type { Pick } from "./map";
import type { Palette } from "./palette";
import { UnitMarker } from "./unitmarker";

/** With more units than these their names show only under the pointer. */
const MOST_LABELS = 150;
/** A fix younger than this is simply now. */
const WORTH_SAYING_MS = 10_000;
const AROUND_M = 150;
const RADIUS = 6;
/** Slower than this a heading is the noise of a radio that stands still. */
const MOVING_MPS = 0.7;

interface Drawn {
  unit: Unit;
  dot: UnitMarker;
  accuracy: Circle;
  label: HTMLElement;
  name: HTMLElement;
  age: HTMLElement;
}

export class UnitLayers extends Layers<Drawn> {
  readonly #map: LeafletMap;
  readonly #pick: Pick;
  readonly #accuracies = layerGroup();
  #labelled = true;

  constructor(map: LeafletMap, pick: Pick, palette: Palette) {
    super(palette);
    this.#map = map;
    this.#pick = pick;
  }

  /** Draws a unit where it now is; one without a position is taken away. */
  put(id: string, unit: Unit | undefined): void {
    const before = this.drawn.get(id);
    if (unit === undefined || unit.lat === null || unit.lon === null) {
      before?.dot.remove();
      if (before !== undefined) this.#accuracies.removeLayer(before.accuracy);
      this.drawn.delete(id);
    } else {
      const drawn = before ?? this.#draw(id, unit);
      const same = before !== undefined && looksTheSame(before.unit, unit);
      drawn.unit = unit;
      drawn.dot.heading = headingOf(unit);
      drawn.dot.setLatLng([unit.lat, unit.lon]);
      drawn.accuracy.setLatLng([unit.lat, unit.lon]).setRadius(unit.accuracy_m ?? 0);
      if (!same) this.style(drawn);
    }
    this.#label();
  }

  showAges(now: number): void {
    for (const { unit, age: element } of this.drawn.values()) {
      const since = now - Date.parse(unit.fix_time ?? unit.heard_at);
      write(element, since < WORTH_SAYING_MS ? "" : age(since));
    }
  }

  showAccuracy(shown: boolean): void {
    if (shown) this.#accuracies.addTo(this.#map);
    else this.#accuracies.remove();
  }

  boundsOf(id: string): LatLngBounds | null {
    return this.drawn.get(id)?.dot.getLatLng().toBounds(AROUND_M) ?? null;
  }

  /** What holds all of them; null where there are none. */
  bounds(): LatLngBounds | null {
    if (this.drawn.size === 0) return null;
    const places = [...this.drawn.values()].map(({ dot }) => dot.getLatLng());
    return latLngBounds(places).pad(0.1);
  }

  #draw(id: string, unit: Unit): Drawn {
    const dot = new UnitMarker([0, 0], { radius: RADIUS }).addTo(this.#map);
    dot.on("click", () => this.#pick("unit", id));
    const accuracy = circle([0, 0], {
      radius: 0,
      interactive: false,
      weight: 1,
      fillOpacity: 0.08,
    });
    this.#accuracies.addLayer(accuracy);
    const name = make("span", "label-name");
    const age = make("span", "label-age");
    const drawn = { unit, dot, accuracy, name, age, label: make("span", "", name, age) };
    this.drawn.set(id, drawn);
    this.#bindLabel(drawn);
    return drawn;
  }

  protected override style({ unit, dot, accuracy, name, label }: Drawn): void {
    const chosen = unit.radio_id === this.chosen;
    const { scale } = this.palette;
    const colour = this.#colourOf(unit);
    const hollow = !isThere(unit);
    dot.setRadius(RADIUS * scale).setStyle({
      fillColor: hollow ? this.palette.ground : colour,
      fillOpacity: hollow ? 0.7 : 1,
      color: chosen ? this.palette.chosen : hollow ? colour : this.palette.unitEdge,
      weight: (chosen ? 3 : hollow ? 2.25 : 1.5) * scale,
    });
    if (chosen) dot.bringToFront();
    accuracy.setStyle({ color: colour, opacity: 0.35, fillColor: colour });
    label.classList.toggle("stale", hollow);
    write(name, nameOf(unit));
  }

  #colourOf({ state }: Unit): string {
    if (state === "reporting") return this.palette.unit;
    return state === "lost" ? this.palette.unitLost : this.palette.unitQuiet;
  }

  /** Turns the permanent names on or off as the number of units passes `MOST_LABELS`. */
  #label(): void {
    const labelled = this.drawn.size <= MOST_LABELS;
    if (labelled === this.#labelled) return;
    this.#labelled = labelled;
    for (const drawn of this.drawn.values()) this.#bindLabel(drawn);
  }

  #bindLabel({ dot, label }: Drawn): void {
    dot.unbindTooltip().bindTooltip(label, {
      permanent: this.#labelled,
      direction: "right",
      offset: [8, 0],
      className: this.#labelled ? "unit-label permanent" : "unit-label",
    });
  }
}

function headingOf(unit: Unit): number | null {
  const moves = isThere(unit) && (unit.speed_mps ?? 0) >= MOVING_MPS;
  return moves ? unit.heading_deg : null;
}

/** Restyling costs more than moving, and most updates are moves. */
function looksTheSame(before: Unit, now: Unit): boolean {
  return before.state === now.state && nameOf(before) === nameOf(now);
}
