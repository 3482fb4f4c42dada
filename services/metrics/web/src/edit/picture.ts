/** What passes between the map that is drawn on and what is edited. */
import type { HotSpot, Overlap } from "../model";
import type { Corner } from "./metres";
import type { CornerAt, RingAt, Shape } from "./shape";

/** What the map shows of what is edited. */
export interface Picture {
  shape: Shape;
  inHand: RingAt;
  corner: number | null;
  /** Whether each press on the map adds a corner. */
  drawing: boolean;
  /** The ring that the service would judge by, as far as it was told. */
  catchment: HotSpot["catchment"] | null;
  /** Whether the boundary was changed since. */
  isOld: boolean;
  overlaps: readonly Overlap[];
}

/** Told of what somebody does on the map. */
export interface Hand {
  pick(at: CornerAt): void;
  move(at: CornerAt, to: Corner): void;
  insert(at: CornerAt, corner: Corner): void;
  draw(corner: Corner): void;
  endDrawing(): void;
  /** Another hot spot was pressed while nothing is edited. */
  open(hotspotId: string): void;
}
