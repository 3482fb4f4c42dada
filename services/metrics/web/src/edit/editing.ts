/** What is being edited, and the steps that change it. The map and the form both show and change it. */
import { signal } from "@preact/signals";
import type { HeldPlace } from "../model";
import type { Draft } from "./draft";
import type { History } from "./history";
import { begun, redone, stepped, undone } from "./history";
import type { Corner } from "./metres";
import { moved } from "./metres";
import type { CornerAt, Ring, RingAt, Shape } from "./shape";
import {
  cornerAt,
  FEWEST_CORNERS,
  halfwayAfter,
  ringAt,
  ringsOf,
  shapeOf,
  withArea,
  withCorner,
  withNewCorner,
  withoutCorner,
  withoutRing,
} from "./shape";

export class Editing {
  /** What is in force; null where something new is drawn. */
  readonly held: HeldPlace | null;
  readonly draft;
  readonly history;
  /** The ring in hand. */
  readonly inHand = signal<RingAt>({ area: 0, ring: 0 });
  /** The number of the corner in hand, if one is. */
  readonly corner = signal<number | null>(null);
  /** Whether each press on the map adds a corner to the ring in hand. */
  readonly drawing = signal(false);

  readonly #before: Draft;

  /** `before` is the form to begin with. */
  constructor(held: HeldPlace | null, before: Draft) {
    this.held = held;
    this.#before = before;
    const shape = held === null ? [] : shapeOf(held.geometry, held.properties.excludes);
    this.draft = signal<Draft>(before);
    this.history = signal<History<Shape>>(begun<Shape>(shape));
  }

  get shape(): Shape {
    return this.history.value.now;
  }

  /** Whether anything differs from what it began with. */
  get isChanged(): boolean {
    const isRedrawn = this.history.peek().before.length > 0;
    return isRedrawn || JSON.stringify(this.draft.peek()) !== JSON.stringify(this.#before);
  }

  write(written: Partial<Draft>): void {
    this.draft.value = { ...this.draft.value, ...written };
  }

  pick(at: CornerAt | RingAt): void {
    this.inHand.value = { area: at.area, ring: at.ring };
    this.corner.value = "corner" in at ? at.corner : null;
  }

  move(at: CornerAt, to: Corner): void {
    this.#step(withCorner(this.shape, at, to));
    this.pick(at);
  }

  /** Moves a corner by some metres. */
  nudge(at: CornerAt, east: number, north: number): void {
    const corner = cornerAt(this.shape, at);
    if (corner === undefined) return;
    const step = `nudge ${at.area}/${at.ring}/${at.corner}`;
    this.#step(withCorner(this.shape, at, moved(corner, east, north)), step);
    this.pick(at);
  }

  insert(at: CornerAt, corner: Corner): void {
    this.#step(withNewCorner(this.shape, at, corner));
    this.pick(at);
  }

  /** Adds a corner half way to the next. */
  insertAfter(at: CornerAt): void {
    const corner = halfwayAfter(this.shape, at);
    if (corner !== undefined) this.insert({ ...at, corner: at.corner + 1 }, corner);
  }

  remove(at: CornerAt): void {
    const ring = ringAt(this.shape, at);
    if (ring.length <= FEWEST_CORNERS && !this.drawing.value) return;
    this.#step(withoutCorner(this.shape, at));
    this.pick({ ...at, corner: Math.max(0, at.corner - 1) });
  }

  /** Begins another area, to be drawn corner by corner where it has none yet. */
  begin(excluded: boolean, outline: Ring = []): void {
    this.#step(withArea(this.shape, excluded, outline));
    this.pick({ area: this.shape.length - 1, ring: 0 });
    this.drawing.value = outline.length === 0;
  }

  /** Draws on at the outline in hand. */
  goOnDrawing(): void {
    this.drawing.value = true;
    this.corner.value = null;
  }

  /** Adds a corner to what is being drawn. */
  draw(corner: Corner): void {
    const at = { ...this.inHand.value, corner: ringAt(this.shape, this.inHand.value).length };
    this.#step(withNewCorner(this.shape, at, corner));
    this.corner.value = null;
  }

  /** Draws no further; what is no area yet is taken away. */
  endDrawing(): void {
    this.drawing.value = false;
    const at = this.inHand.value;
    if (ringAt(this.shape, at).length < FEWEST_CORNERS) this.removeRing(at);
  }

  removeRing(at: RingAt): void {
    this.drawing.value = false;
    this.#step(withoutRing(this.shape, at));
    this.#keepInHand();
  }

  undo(): void {
    this.history.value = undone(this.history.value);
    this.#keepInHand();
  }

  redo(): void {
    this.history.value = redone(this.history.value);
    this.#keepInHand();
  }

  #step(shape: Shape, step = ""): void {
    this.history.value = stepped(this.history.value, shape, step);
  }

  /** Lets go of what is not there any more. */
  #keepInHand(): void {
    const rings = ringsOf(this.shape);
    const { area, ring } = this.inHand.value;
    if (!rings.some((at) => at.area === area && at.ring === ring)) {
      this.pick(rings.at(-1) ?? { area: 0, ring: 0 });
      this.drawing.value = false;
    }
    const corner = this.corner.value;
    if (corner !== null && corner >= ringAt(this.shape, this.inHand.value).length) {
      this.corner.value = null;
    }
  }
}
