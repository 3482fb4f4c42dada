/**
 * The live picture, kept up.
 *
 * Events change the board at once. What moves is drawn in the next animation frame (`onFrame`); what
 * is read follows `beat`, which rises four times a second at most, so that text stays readable and
 * thousands of moving units cost a list no more than a few. `now` and `freshness` move each second,
 * whether anything was heard or not.
 */
import { signal } from "@preact/signals";
import type { Health, LiveEvent } from "../model";
import { currentSession } from "../session";
import type { Changes } from "./board";
import { Board } from "./board";
import { ServiceClock } from "./clock";
import type { Freshness } from "./freshness";
import { judge } from "./freshness";
import { Stream } from "./stream";

const SECOND_MS = 1000;
const BEAT_MS = 250;

/** Draws what changed since the last frame. */
export type Draw = (changes: Changes) => void;

export class Live {
  readonly board = new Board();
  readonly beat = signal(0);
  /** The service's time, in epoch milliseconds. */
  readonly now = signal(Date.now());
  readonly freshness = signal<Freshness>({ kind: "connecting" });
  /** Whether a source that is made up feeds the picture. */
  readonly simulated = signal(false);
  readonly #clock = new ServiceClock(Date.now(), performance.now());
  readonly #draws = new Set<Draw>();
  #health: Health | null = null;
  /** When the last event came, by `performance.now`. */
  #heardAt = performance.now();
  #frame = 0;
  #beating = 0;

  /** Keeps the stream open; what it returns ends that. */
  follow(): () => void {
    const stream = new Stream((event) => this.hear(event), reloadIfSignedOut);
    const seconds = window.setInterval(() => this.#tick(), SECOND_MS);
    stream.open();
    return () => {
      window.clearInterval(seconds);
      stream.close();
    };
  }

  /** Only keeps the time, for who is told nothing live; what it returns ends that. */
  keepTime(): () => void {
    const seconds = window.setInterval(() => {
      this.now.value = this.#clock.at(performance.now());
    }, SECOND_MS);
    return () => window.clearInterval(seconds);
  }

  hear(event: LiveEvent): void {
    this.#heardAt = performance.now();
    if (event.type === "health") this.#hearHealth(event.data);
    if (event.type === "reset") this.#hearHealth(event.data.health);
    this.board.apply(event);
    this.#frame ||= requestAnimationFrame(() => this.#draw());
    this.#beating ||= window.setTimeout(() => this.#beat(), BEAT_MS);
  }

  /** Has `draw` called in each frame before which the board changed; what it returns ends that. */
  onFrame(draw: Draw): () => void {
    this.#draws.add(draw);
    return () => this.#draws.delete(draw);
  }

  #hearHealth(health: Health): void {
    this.#health = health;
    this.#clock.set(health.now, performance.now());
    this.simulated.value = health.simulated;
    this.#tick();
  }

  #tick(): void {
    const now = this.#clock.at(performance.now());
    this.now.value = now;
    this.freshness.value = judge(now, this.#clock.at(this.#heardAt), this.#health);
  }

  #draw(): void {
    this.#frame = 0;
    const changes = this.board.takeChanges();
    for (const draw of this.#draws) draw(changes);
  }

  #beat(): void {
    this.#beating = 0;
    this.beat.value += 1;
  }
}

async function reloadIfSignedOut(): Promise<void> {
  // Where even this cannot be learned, the service is away: the stream is tried again.
  const ended = (await currentSession().catch(() => undefined)) === null;
  if (ended) location.reload();
}
