/**
 * The board as the live stream tells it.
 *
 * Events change the board at once; all that changed is drawn in the next animation frame. Ages,
 * the clock and the banner move each second, whether anything was heard or not.
 */
import { Banner } from "./banner";
import { ServiceClock } from "./clock";
import { byId, write } from "./dom";
import { LocalTimes } from "./format";
import { judge } from "./freshness";
import { Lists } from "./lists";
import { BoardMap } from "./map";
import type { Health, LiveEvent, Session } from "./model";
import type { Selection } from "./selection";
import { picked } from "./selection";
import { Board } from "./store";

const SECOND_MS = 1000;

export class Page {
  readonly #times: LocalTimes;
  readonly #board = new Board();
  readonly #clock = new ServiceClock(Date.now(), performance.now());
  readonly #lists: Lists;
  readonly #map: BoardMap;
  readonly #banner: Banner;
  #selection: Selection = null;
  #health: Health | null = null;
  /** When the last event came, by `performance.now`. */
  #heardAt = performance.now();
  #frame = 0;

  constructor(session: Session) {
    this.#times = new LocalTimes(session.timezone);
    this.#banner = new Banner(this.#times);
    this.#map = new BoardMap(this.#board, (kind, id) => this.#toggle(kind, id));
    this.#lists = new Lists(
      this.#board,
      this.#times,
      (kind, id) => {
        if (this.#toggle(kind, id)) this.#map.zoomTo({ kind, id });
      },
      () => this.#drawSoon(),
    );
    window.setInterval(() => this.#tick(), SECOND_MS);
    this.#tick();
  }

  hear(event: LiveEvent): void {
    this.#heardAt = performance.now();
    if (event.type === "health") this.#hearHealth(event.data);
    if (event.type === "reset") this.#hearHealth(event.data.health);
    this.#board.apply(event);
    this.#drawSoon();
  }

  #hearHealth(health: Health): void {
    this.#health = health;
    this.#clock.set(health.now, performance.now());
    this.#banner.showSimulated(health.simulated);
    this.#showFreshness();
  }

  /** Picks the thing, or lets go of it; whether it is picked now. */
  #toggle(kind: "hotspot" | "unit", id: string): boolean {
    this.#selection = picked(this.#selection, kind, id) ? null : { kind, id };
    this.#draw();
    if (this.#selection !== null) this.#lists.reveal(this.#selection);
    return this.#selection !== null;
  }

  #tick(): void {
    const now = this.#now();
    write(byId("clock", HTMLElement), this.#times.clock(now));
    write(byId("day", HTMLElement), this.#times.day(now));
    this.#showFreshness();
    this.#map.showAges(now);
    this.#lists.show(this.#selection, now);
  }

  #showFreshness(): void {
    const now = this.#now();
    this.#banner.show(judge(now, this.#clock.at(this.#heardAt), this.#health));
  }

  #drawSoon(): void {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#map.show(this.#board.takeChanges(), this.#selection);
    this.#lists.show(this.#selection, this.#now());
  }

  #now(): number {
    return this.#clock.at(performance.now());
  }
}
