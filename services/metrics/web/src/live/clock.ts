/**
 * The service's time, so that ages and "since" are right on a computer whose own clock is wrong.
 * Pure: elapsed time is handed in, in milliseconds of a clock that only rises.
 */
export class ServiceClock {
  #offset: number;

  /** `now` is the best guess, in epoch milliseconds, until the service has been heard. */
  constructor(now: number, elapsed: number) {
    this.#offset = now - elapsed;
  }

  /** The service said at `elapsed` that it was `now` (RFC 3339). */
  set(now: string, elapsed: number): void {
    this.#offset = Date.parse(now) - elapsed;
  }

  /** Epoch milliseconds at `elapsed`. */
  at(elapsed: number): number {
    return this.#offset + elapsed;
  }
}
