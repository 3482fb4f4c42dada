/**
 * A canvas for a map that may be taken off the page at any moment.
 *
 * Where Leaflet 1.9.4 draws at once it forgets the frame that it had asked for, and does not call it
 * off when the canvas goes: the frame then comes and finds nothing to draw on.
 */
import type { RendererOptions } from "leaflet";
import { Canvas } from "leaflet";

const { _redraw: redraw } = Canvas.prototype as unknown as { _redraw: () => void };

const Paper = Canvas.extend({
  _redraw(this: { _ctx?: CanvasRenderingContext2D }) {
    if (this._ctx !== undefined) redraw.call(this);
  },
}) as unknown as new (
  options: RendererOptions,
) => Canvas;

export function paper(options: RendererOptions): Canvas {
  return new Paper(options);
}
