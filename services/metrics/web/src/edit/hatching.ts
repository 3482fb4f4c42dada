/** Hatching on the map, and clipping one shape by another: what SVG can do and Leaflet does not say. */
import type { Path } from "leaflet";

const SVG = "http://www.w3.org/2000/svg";
/** The spaces between the lines, in pixels: cores are hatched closely, the rings around them loosely. */
const PATTERNS = { "hatch-core": 6, "hatch-catchment": 12 };
const CLIPS = ["own-core", "own-catchment"];

/** Puts the patterns and the clipping shapes into the picture that a layer is drawn in. */
export function definePatterns(layer: Path): void {
  const picture = (layer.getElement() as SVGElement | undefined)?.ownerSVGElement;
  if (!picture) return;
  const defs = make("defs", {});
  for (const [id, space] of Object.entries(PATTERNS)) {
    const size = String(space);
    const pattern = make("pattern", {
      id,
      width: size,
      height: size,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    pattern.append(make("line", { class: id, x1: "0", y1: "0", x2: "0", y2: size }));
    defs.append(pattern);
  }
  for (const id of CLIPS) {
    const clip = make("clipPath", { id });
    clip.append(make("path", { id: `${id}-path`, "clip-rule": "evenodd" }));
    defs.append(clip);
  }
  picture.prepend(defs);
}

/** Gives a clipping shape the outline that a layer now has. */
export function clipBy(id: string, layer: Path): void {
  const outline = layer.getElement()?.getAttribute("d") ?? "M0 0";
  document.getElementById(`${id}-path`)?.setAttribute("d", outline);
}

function make(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
