/** The colours of the style sheet, for what is drawn on a canvas, where CSS does not reach. */
export interface Palette {
  unit: string;
  unitQuiet: string;
  unitEdge: string;
  empty: string;
  patrolled: string;
  chosen: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    unit: colour("--map-unit"),
    unitQuiet: colour("--map-unit-quiet"),
    unitEdge: colour("--map-unit-edge"),
    empty: colour("--map-empty"),
    patrolled: colour("--map-patrolled"),
    chosen: colour("--map-chosen"),
  };
}

/** Calls when the system turns from light to dark or back; what it returns ends that. */
export function onSchemeChange(call: () => void): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", call);
  return () => dark.removeEventListener("change", call);
}
