/**
 * A unit's dot, and a wedge before it that points where the unit goes. Both are one shape of the
 * canvas, so a wedge costs no layer more.
 *
 * The wedge stays within what Leaflet redraws for the dot: its radius, its line and a half, a pixel,
 * and the renderer's tolerance, which the map sets to `TOLERANCE`.
 */
import type { Point } from "leaflet";
import { CircleMarker } from "leaflet";

/** Pixels around a shape that still count as the shape. */
export const TOLERANCE = 6;
const WEDGE_HALF_ANGLE = 0.8;

/** What Leaflet's canvas has and its types leave out. */
interface CanvasRenderer {
  _ctx: CanvasRenderingContext2D;
  _drawing: boolean;
  _updateCircle(marker: CircleMarker): void;
}

export class UnitMarker extends CircleMarker {
  declare readonly _renderer: CanvasRenderer;
  declare readonly _point: Point;
  /** Degrees clockwise from north; null where it stands still, or where that is not known. */
  heading: number | null = null;

  /** Leaflet calls this when the canvas is drawn. */
  _updatePath(): void {
    if (this.heading !== null && this._renderer._drawing) this.#drawWedge(this.heading);
    this._renderer._updateCircle(this);
  }

  #drawWedge(heading: number): void {
    const { _ctx: context } = this._renderer;
    const { x, y } = this._point;
    const radius = this.getRadius();
    const ahead = ((heading - 90) * Math.PI) / 180;
    const at = (angle: number, distance: number): [number, number] => [
      x + Math.cos(angle) * distance,
      y + Math.sin(angle) * distance,
    ];
    context.beginPath();
    context.moveTo(...at(ahead - WEDGE_HALF_ANGLE, radius));
    context.lineTo(...at(ahead, radius + TOLERANCE + 2));
    context.lineTo(...at(ahead + WEDGE_HALF_ANGLE, radius));
    context.closePath();
    context.globalAlpha = 1;
    context.fillStyle = this.options.fillColor ?? "";
    context.fill();
  }
}
