/** How good the positions are there, in words, with the limits it is judged by. */
import { useMemo } from "preact/hooks";
import type { Visit } from "../model";
import { inMinutes, nameOf } from "../model";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Week } from "./asking";
import type { Measure, Quality, Verdict } from "./gps";
import { LIMITS, qualityOf } from "./gps";
import { stayOf } from "./presence";
import { begunIn } from "./week";
import { told } from "./wording";

const MEASURES: Measure[] = ["width", "unknown", "fixes", "uncertain"];
/** So many visits are named. */
const WIDEST = 3;

export function GpsPart({ dates, week }: { dates: readonly string[]; week: Week }) {
  const { days } = useWatch();
  const words = text.hotspotPage;
  const ring = week.days.at(-1)?.ring ?? "core";
  const visits = useMemo(() => {
    const { from } = days.span(dates[0] ?? "");
    const { to } = days.span(dates.at(-1) ?? "");
    return begunIn({ from, to }, week.visits).filter((visit) => visit.ring === ring);
  }, [week, ring, dates, days]);
  const quality = qualityOf(visits, week.days);
  return (
    <section class="hotspot-part" aria-labelledby="gps-title">
      <h2 id="gps-title">{words.gps}</h2>
      {quality === null ? (
        <p class="note">{words.gpsNone}</p>
      ) : (
        <>
          <p>
            <strong class={`gps-verdict ${quality.verdict}`}>
              <Sign verdict={quality.verdict} />
              {words.gpsVerdict[quality.verdict]}
            </strong>
            : {sentenceOf(quality)} <span class="note">{words.gpsBy(quality.visits)}</span>
          </p>
          <Measures quality={quality} />
          <details>
            <summary>{words.gpsWhy}</summary>
            <p class="note">{words.gpsWhyText}</p>
            <Widest visits={visits} />
          </details>
        </>
      )}
    </section>
  );
}

function Measures({ quality }: { quality: Quality }) {
  const words = text.hotspotPage;
  return (
    <div class="wide">
      <table class="gps">
        <thead>
          <tr>
            <th scope="col">{words.columns.measure}</th>
            <th scope="col">{words.columns.value}</th>
            <th scope="col">{words.columns.good}</th>
            <th scope="col">{words.columns.poor}</th>
          </tr>
        </thead>
        <tbody>
          {MEASURES.map((measure) => {
            const { value, verdict } = quality.measures[measure];
            const { good, poor } = LIMITS[measure];
            const isFixes = measure === "fixes";
            return (
              <tr key={measure}>
                <th scope="row">{words.gpsMeasure[measure]}</th>
                <td class={`gps-verdict ${verdict}`}>
                  <Sign verdict={verdict} />
                  {shareOf(measure, value)}
                  <span class="unseen">{words.gpsVerdict[verdict]}</span>
                </td>
                <td>{(isFixes ? words.atLeast : words.upTo)(shareOf(measure, good))}</td>
                <td>{(isFixes ? words.below : words.over)(shareOf(measure, poor))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The visits of which least is certain. */
function Widest({ visits }: { visits: readonly Visit[] }) {
  const { live, times } = useWatch();
  const words = text.hotspotPage;
  const width = (visit: Visit) => visit.seconds_high - visit.seconds_low;
  const widest = [...visits].sort((a, b) => width(b) - width(a)).slice(0, WIDEST);
  return (
    <>
      <p class="note">{words.gpsWidest}</p>
      <ul class="visit-list">
        {widest.map((visit) => {
          const { from, to } = stayOf(visit);
          const unit = live.board.units.get(visit.radio_id);
          const minutes = inMinutes(visit);
          return (
            <li key={visit.visit_id}>
              <a href={`/units/${encodeURIComponent(visit.radio_id)}`}>
                {unit === undefined ? visit.radio_id : nameOf(unit)}
              </a>{" "}
              {times.day(from)} {words.fromTo(times.minute(from), times.minute(to))},{" "}
              {told(minutes)}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Three bars as on a telephone: all, two or one of them full. */
function Sign({ verdict }: { verdict: Verdict }) {
  const full = { good: 3, fair: 2, poor: 1 }[verdict];
  return (
    <svg class="gps-sign" viewBox="0 0 14 12" aria-hidden>
      {[0, 1, 2].map((at) => (
        <rect
          key={at}
          class={at < full ? "full" : "empty"}
          x={at * 5 + 0.5}
          y={8 - at * 3.5}
          width="3"
          height={3.5 + at * 3.5}
        />
      ))}
    </svg>
  );
}

function sentenceOf({ verdict, worst, measures }: Quality): string {
  const words = text.hotspotPage;
  if (verdict === "good") return words.gpsGood;
  return words.gpsWorst[worst](shareOf(worst, measures[worst].value));
}

function shareOf(measure: Measure, value: number): string {
  return measure === "fixes"
    ? String(Math.round(value * 10) / 10)
    : text.hotspotPage.percent(value);
}
