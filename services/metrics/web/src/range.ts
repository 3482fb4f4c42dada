/** A duration drawn as its range on an axis common to all rows: a bar from low to high, a mark at the estimate. */
import type { Minutes } from "./model";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 100;
const HEIGHT = 6;
/** So that a range of nothing can still be seen. */
const THINNEST = 1.5;

function rect(className: string): SVGRectElement {
  const element = document.createElementNS(SVG, "rect");
  element.setAttribute("class", className);
  element.setAttribute("height", String(HEIGHT));
  element.setAttribute("rx", "1");
  return element;
}

function place(element: SVGRectElement, x: number, width: number): void {
  element.setAttribute("x", x.toFixed(2));
  element.setAttribute("width", width.toFixed(2));
}

export class RangeBar {
  readonly element = document.createElementNS(SVG, "svg");
  readonly #track = rect("range-track");
  readonly #range = rect("range-bar");
  readonly #mark = rect("range-mark");

  constructor() {
    this.element.setAttribute("class", "range");
    this.element.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    this.element.setAttribute("preserveAspectRatio", "none");
    this.element.setAttribute("aria-hidden", "true");
    place(this.#track, 0, WIDTH);
    this.element.append(this.#track, this.#range, this.#mark);
  }

  /** `axis` is the axis' length in minutes. */
  draw(minutes: Minutes, axis: number): void {
    const x = (value: number) => (Math.min(value, axis) / axis) * WIDTH;
    const nothing = minutes.high <= 0;
    this.#range.toggleAttribute("hidden", nothing);
    this.#mark.toggleAttribute("hidden", nothing);
    place(this.#range, x(minutes.low), Math.max(x(minutes.high) - x(minutes.low), THINNEST));
    place(this.#mark, Math.max(x(minutes.estimate) - THINNEST / 2, 0), THINNEST);
  }
}
