/** Seven days by the hour: police minutes, planned windows outlined, and how each day stands. */
import { useMemo } from "preact/hooks";
import { axisFor, figure } from "../format";
import type { Compliance } from "../model";
import { Glyph } from "../parts/glyph";
import { RangeBar } from "../parts/range";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Week } from "./asking";
import { spreadsheetOf } from "./asking";
import { addressOf } from "./daybar";
import type { HourCell } from "./hours";
import { hoursOf } from "./hours";
import type { Presence } from "./presence";
import { countedAndOther, together } from "./presence";
import { told } from "./wording";

interface Props {
  id: string;
  dates: readonly string[];
  /** The day that is shown above. */
  date: string;
  today: string;
  week: Week;
}

export function HeatPart({ id, dates, date, today, week }: Props) {
  const { times, days } = useWatch();
  const words = text.hotspotPage;
  const named = (day: string) => times.day(days.startOf(day));
  const ring = week.days.at(-1)?.ring ?? "core";
  const presence = useMemo(() => {
    const visits = week.visits.filter((visit) => visit.ring === ring);
    return together(visits.map((visit) => countedAndOther(visit)[0]));
  }, [week, ring]);
  const known = new Map(week.days.map((day) => [day.date, day]));
  const longest = Math.max(
    15,
    ...week.days.map((day) => Math.max(day.patrol_minutes.high, day.planned_minutes)),
  );
  return (
    <section class="hotspot-part" aria-labelledby="week-title">
      <div class="part-head">
        <h2 id="week-title">{words.week}</h2>
        <p class="note">{words.weekRange(named(dates[0] ?? date), named(dates.at(-1) ?? date))}</p>
      </div>
      <div class="wide heat-frame">
        <table class="heat">
          <caption>{words.weekCaption}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">{words.columns.day}</span>
              </th>
              {days.hours(date).map(({ begins }, at) => (
                <th key={begins} scope="col" class={at % 3 === 0 ? "hour" : "hour minor"}>
                  <span class="unseen">{words.hour(begins)}</span>
                  <span aria-hidden>{begins.slice(0, 2)}</span>
                </th>
              ))}
              <th scope="col" class="heat-total">
                {words.policeMinutes}
              </th>
              <th scope="col">{words.columns.patrols}</th>
              <th scope="col">{words.columns.stands}</th>
            </tr>
          </thead>
          <tbody>
            {dates.map((each) => (
              <DayRow
                key={each}
                date={each}
                name={named(each)}
                address={each === date ? null : addressOf(id, each, today)}
                figures={known.get(each) ?? null}
                presence={presence}
                axis={axisFor(longest)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <HeatKey />
      <details>
        <summary>{words.weekWhy}</summary>
        <p class="note">{words.weekWhyText}</p>
        <a href={spreadsheetOf(id, dates, days)} download>
          {words.allVisits}
        </a>
      </details>
    </section>
  );
}

interface RowProps {
  date: string;
  name: string;
  /** Where the day is shown; null for the one that is. */
  address: string | null;
  figures: Compliance | null;
  presence: Presence;
  axis: number;
}

function DayRow({ date, name, address, figures, presence, axis }: RowProps) {
  const { days } = useWatch();
  const cells = hoursOf(date, days, presence, figures?.windows ?? []);
  return (
    <tr class={address === null ? "shown-day" : ""}>
      <th scope="row">{address === null ? name : <a href={address}>{name}</a>}</th>
      {cells.map((cell) => (
        <HourOf key={cell.begins} cell={cell} />
      ))}
      {figures === null ? <td colSpan={3} /> : <Total figures={figures} axis={axis} />}
    </tr>
  );
}

function HourOf({ cell }: { cell: HourCell }) {
  const words = text.hotspotPage;
  const { minutes, shade, planned, begun, ended } = cell;
  const { estimate, range } = figure(minutes);
  const classes = [`shade-${shade}`, planned && "planned", begun && "begun", ended && "ended"];
  const inWords = words.hourWords(range === null ? words.noMinutes : told(minutes), planned);
  return (
    <td class={classes.filter(Boolean).join(" ")} title={inWords}>
      <span class="unseen">{inWords}</span>
      <span aria-hidden>{range === null || minutes.estimate === 0 ? "" : estimate}</span>
    </td>
  );
}

function Total({ figures, axis }: { figures: Compliance; axis: number }) {
  const words = text.hotspotPage;
  const { estimate, range } = figure(figures.patrol_minutes);
  return (
    <>
      <td class="heat-total">
        <span>
          <strong>{estimate}</strong> {range !== null && words.range(range)}
        </span>
        <RangeBar minutes={figures.patrol_minutes} axis={axis} planned={figures.planned_minutes} />
      </td>
      <td>{words.patrolsOf(figures.qualifying_patrols, figures.planned_patrols)}</td>
      <td class="heat-stands">
        <Glyph status={figures.status} />
        <span>{text.dayStatus[figures.status]}</span>
        <small>{figures.settled ? text.final : text.provisional}</small>
      </td>
    </>
  );
}

function HeatKey() {
  return (
    <ul class="keys heat-key" aria-hidden>
      {["1–10", "11–20", "21–30", "31–45", "46–60"].map((range, at) => (
        <li key={range}>
          <span class={`swatch shade-${at + 1}`} />
          {range}
        </li>
      ))}
      <li>{text.hotspotPage.shadeKey}</li>
    </ul>
  );
}
