/** The core against the ring around it, each day and together. */
import { useMemo } from "preact/hooks";
import { axisFor } from "../format";
import type { Visit } from "../model";
import { RangeBar } from "../parts/range";
import { text } from "../text";
import { useWatch } from "../watch";
import type { CoreAndRing } from "./rings";
import { added, coreAndRing } from "./rings";
import { begunIn } from "./week";
import { told } from "./wording";

interface Props {
  id: string;
  dates: readonly string[];
  visits: readonly Visit[];
}

export function RingsPart({ id, dates, visits }: Props) {
  const { live, times, days } = useWatch();
  const words = text.hotspotPage;
  const found = useMemo(
    () => dates.map((date) => ({ date, ...coreAndRing(begunIn(days.span(date), visits)) })),
    [dates, visits, days],
  );
  const metres = live.board.hotspots.get(id)?.catchment_m;
  const longest = Math.max(1, ...found.map((day) => Math.max(day.core.high, day.ring.high)));
  return (
    <section class="hotspot-part" aria-labelledby="rings-title">
      <h2 id="rings-title">{words.rings}</h2>
      <Sentence all={added(found)} />
      <div class="wide">
        <table class="rings">
          <thead>
            <tr>
              <th scope="col">{words.columns.day}</th>
              <th scope="col">{words.columns.core}</th>
              <th scope="col">{words.columns.ring}</th>
              <th scope="col" class="number">
                {words.columns.passed}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((day) => (
              <tr key={day.date}>
                <th scope="row">{times.day(days.startOf(day.date))}</th>
                {[day.core, day.ring].map((minutes, at) => (
                  <td key={at === 0 ? "core" : "ring"} class={at === 0 ? "core" : "around"}>
                    <span>{told(minutes)}</span>
                    <RangeBar minutes={minutes} axis={axisFor(longest)} />
                  </td>
                ))}
                <td class="number">{words.patrolsOf(day.passed, day.near)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details>
        <summary>{words.ringsWhy}</summary>
        {metres !== undefined && <p class="note">{words.ringsWhyText(metres)}</p>}
      </details>
    </section>
  );
}

function Sentence({ all }: { all: CoreAndRing }) {
  const words = text.hotspotPage;
  if (all.near === 0) return <p>{words.ringsNone}</p>;
  const percent = Math.round((100 * all.passed) / all.near);
  return (
    <p>
      {words.ringsSentence(told(all.core), told(all.ring))}{" "}
      {words.ringsShare(all.passed, all.near, percent)}
    </p>
  );
}
