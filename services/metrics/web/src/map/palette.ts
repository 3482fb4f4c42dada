/** The colours of the style sheet, for what is drawn on a canvas, where CSS does not reach. */
import { effect } from "@preact/signals";
import type { DayStatus } from "../model";
import { dark } from "../scheme";

export interface Palette {
  unit: string;
  unitQuiet: string;
  unitLost: string;
  unitEdge: string;
  /** Inside of what is hollow. */
  ground: string;
  street: string;
  park: string;
  days: Record<DayStatus, string>;
  chosen: string;
  /** How much larger than on a desk a dot is drawn. */
  scale: number;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    unit: colour("--map-unit"),
    unitQuiet: colour("--map-unit-quiet"),
    unitLost: colour("--map-unit-lost"),
    unitEdge: colour("--map-unit-edge"),
    ground: colour("--map-ground"),
    street: colour("--map-street"),
    park: colour("--map-park"),
    days: {
      behind: colour("--map-behind"),
      missed: colour("--map-missed"),
      contaminated: colour("--map-no-patrol-day"),
      not_known: colour("--map-unknown"),
      on_track: colour("--map-on-track"),
      met: colour("--map-met"),
      not_planned: colour("--map-unplanned"),
    },
    chosen: colour("--map-chosen"),
    scale: Number(colour("--map-scale")),
  };
}

/** Calls when the page turns from light to dark or back; what it returns ends that. */
export function onSchemeChange(call: () => void): () => void {
  let first = true;
  return effect(() => {
    dark.value;
    if (!first) call();
    first = false;
  });
}
