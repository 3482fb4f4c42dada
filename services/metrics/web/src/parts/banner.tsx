/** The banners over made-up and over old data. */
import type { LocalTimes } from "../format";
import type { Freshness } from "../live/freshness";
import { text } from "../text";
import { useWatch } from "../watch";

/** Stands over everything, on paper too, and never moves away: nobody may take it for real. */
export function SimulatedBanner() {
  if (!useWatch().live.simulated.value) return null;
  return (
    <aside id="simulated" aria-label={text.simulated}>
      <strong>{text.simulated}</strong> {text.simulatedMore}
    </aside>
  );
}

/** Says that what is shown is old, since when and why. The style sheet greys it. */
export function OldBanner() {
  const { live, times } = useWatch();
  const [alert, more] = wording(live.freshness.value, times);
  return (
    <div id="banner" hidden={alert === ""}>
      {/* Read out by screen readers whenever it changes, so it holds nothing that moves. */}
      <strong id="banner-alert" role="alert">
        {alert}
      </strong>
      <span id="banner-more">{more}</span>
    </div>
  );
}

function wording(freshness: Freshness, times: LocalTimes): [alert: string, more: string] {
  switch (freshness.kind) {
    case "silent":
      return [text.silent(times.clock(freshness.since)), text.silentMore];
    case "behind": {
      const { since, reason } = freshness;
      const time = since === null ? null : times.clock(since);
      return [text.behind, text.behindMore(time, reason)];
    }
    case "live":
    case "connecting":
      return ["", ""];
  }
}
