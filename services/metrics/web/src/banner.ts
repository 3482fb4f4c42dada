/** The banners over old and over made-up data, and the small sign of the connection in the header. */
import { byId, write } from "./dom";
import type { LocalTimes } from "./format";
import type { Freshness } from "./freshness";
import { isOld } from "./freshness";
import { text } from "./text";

export class Banner {
  readonly #times: LocalTimes;
  readonly #banner = byId("banner", HTMLElement);
  /** Read out by screen readers whenever it changes, so it holds nothing that moves. */
  readonly #alert = byId("banner-alert", HTMLElement);
  readonly #more = byId("banner-more", HTMLElement);
  readonly #simulated = byId("simulated", HTMLElement);
  readonly #connection = byId("connection", HTMLElement);

  constructor(times: LocalTimes) {
    this.#times = times;
  }

  /** The style sheet greys old data. */
  show(freshness: Freshness): void {
    write(this.#connection, text.connection[freshness.kind]);
    document.body.dataset.freshness = freshness.kind;
    document.body.classList.toggle("old", isOld(freshness));
    this.#banner.hidden = !isOld(freshness);
    const [alert, more] = this.#wording(freshness);
    write(this.#alert, alert);
    write(this.#more, more);
  }

  /** Stands over everything, on paper too, and never moves away: nobody may take it for real. */
  showSimulated(simulated: boolean): void {
    this.#simulated.hidden = !simulated;
  }

  #wording(freshness: Freshness): [alert: string, more: string] {
    switch (freshness.kind) {
      case "silent":
        return [text.silent(this.#times.clock(freshness.since)), text.silentMore];
      case "behind": {
        const { since, reason } = freshness;
        const time = since === null ? null : this.#times.clock(since);
        return [text.behind, text.behindMore(time, reason)];
      }
      case "live":
      case "connecting":
        return ["", ""];
    }
  }
}
