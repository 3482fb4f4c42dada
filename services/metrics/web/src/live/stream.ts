/**
 * The live stream, kept open.
 *
 * 1. EventSource reconnects by itself when a connection breaks; each new one begins with `reset`.
 * 2. It gives up for good when the answer is not a stream (a restart behind a proxy, a session that
 *    ended): `onRefused` may then leave the page, else the stream is opened anew.
 * 3. A connection can die without a word. After `DEAD_AFTER_MS` without one event it is opened anew.
 */
import type { LiveEvent, LiveEvents } from "../model";

const ADDRESS = "/v1/live";
const REOPEN_AFTER_MS = 2000;
const DEAD_AFTER_MS = 15_000;
const NAMES: (keyof LiveEvents)[] = [
  "reset",
  "unit",
  "hotspot",
  "visit",
  "signal",
  "compliance",
  "alert",
  "health",
];

export class Stream {
  readonly #onEvent: (event: LiveEvent) => void;
  readonly #onRefused: () => Promise<void>;
  #source: EventSource | null = null;
  #watch = 0;

  constructor(onEvent: (event: LiveEvent) => void, onRefused: () => Promise<void>) {
    this.#onEvent = onEvent;
    this.#onRefused = onRefused;
  }

  open(): void {
    this.#source?.close();
    const source = new EventSource(ADDRESS);
    this.#source = source;
    for (const name of NAMES) {
      source.addEventListener(name, ({ data }) => {
        this.#expectMore();
        this.#onEvent({ type: name, data: JSON.parse(data) } as LiveEvent);
      });
    }
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) this.#reopen();
    };
    this.#expectMore();
  }

  close(): void {
    window.clearTimeout(this.#watch);
    this.#source?.close();
  }

  #expectMore(): void {
    window.clearTimeout(this.#watch);
    this.#watch = window.setTimeout(() => this.open(), DEAD_AFTER_MS);
  }

  #reopen(): void {
    window.clearTimeout(this.#watch);
    this.#watch = window.setTimeout(async () => {
      await this.#onRefused();
      this.open();
    }, REOPEN_AFTER_MS);
  }
}
