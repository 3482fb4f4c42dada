/** Where a figure of the day comes from: the rules in sentences, and the visits by name. */
import { figure } from "../format";
import type { Minutes } from "../model";
import { Glyph } from "../parts/glyph";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Day } from "./asking";
import { addressOf } from "./daybar";
import type { ExplainedPatrol, Explanation, Reason } from "./explained";
import type { Names } from "./names";
import { useNames } from "./names";
import { fullVerdictOf, SIGN_OF_WINDOW, signOf, told } from "./wording";

export type Figure = "status" | "minutes" | "patrols" | "last";

interface Props {
  id: string;
  hotspotId: string;
  figure: Figure;
  day: Day;
  onClose: () => void;
}

export function Why({ id, hotspotId, figure: which, day, onClose }: Props) {
  const words = text.hotspotPage;
  const names = useNames(day.duties);
  const { explanation } = day;
  return (
    <section id={id} class="why" aria-labelledby={`${id}-title`}>
      <h2>
        <span id={`${id}-title`}>{words.why[which]}</span>
        <button class="plain" type="button" onClick={onClose}>
          {words.close}
        </button>
      </h2>
      {which === "status" && <WhyStatus explanation={explanation} />}
      {which === "minutes" && <WhyMinutes explanation={explanation} names={names} />}
      {which === "patrols" && <WhyPatrols explanation={explanation} names={names} />}
      {which === "last" && <WhyLast hotspotId={hotspotId} explanation={explanation} />}
    </section>
  );
}

function WhyStatus({ explanation }: { explanation: Explanation }) {
  const words = text.hotspotPage;
  return (
    <>
      <Because rules={explanation.rules} />
      {explanation.windows.length === 0 && <p class="note">{words.why.noWindow}</p>}
      <Windows explanation={explanation} />
    </>
  );
}

/** Each window, what became of it, and why. */
export function Windows({ explanation }: { explanation: Explanation }) {
  const { times } = useWatch();
  const words = text.hotspotPage;
  return (
    <ul class="why-list">
      {explanation.windows.map((window) => {
        const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
        const unknown = window.unknown.reduce(
          (sum, each) => sum + Date.parse(each.to) - Date.parse(each.from),
          0,
        );
        return (
          <li key={window.from}>
            <Glyph status={SIGN_OF_WINDOW[window.status]} />
            <div>
              <strong>{words.windowOf(times.minute(from), times.minute(to))}</strong>{" "}
              {words.windowStatus[window.status]}
              <Because rules={window.rules} />
              {unknown > 0 && <p>{words.why.unknownThere(words.duration(unknown / 60_000))}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

interface PatrolsProps {
  explanation: Explanation;
  names: Names;
}

function WhyMinutes({ explanation, names }: PatrolsProps) {
  const words = text.hotspotPage;
  const { patrols, figures } = explanation;
  if (patrols.length === 0) return <p class="note">{words.why.noPatrols}</p>;
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.columns.when}</th>
            <th scope="col">{words.why.visits}</th>
            <th scope="col" class="number">
              {words.columns.minutes}
            </th>
          </tr>
        </thead>
        <tbody>
          {patrols.map((patrol) => (
            <tr key={patrol.patrol_id}>
              <th scope="row">
                <PatrolTime patrol={patrol} />
              </th>
              <td>
                <VisitList patrol={patrol} names={names} />
              </td>
              <Range minutes={patrol.patrol_minutes} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.why.sum}</th>
            <td>{words.why.twice}</td>
            <Range minutes={figures.patrol_minutes} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function WhyPatrols({ explanation, names }: PatrolsProps) {
  const words = text.hotspotPage;
  const { patrols, minutes_each: each } = explanation;
  return (
    <>
      <p>{words.why.each(each.low, each.high)}</p>
      {patrols.length === 0 && <p class="note">{words.why.noPatrols}</p>}
      <ul class="why-list">
        {patrols.map((patrol) => (
          <li key={patrol.patrol_id}>
            <Glyph status={signOf(patrol)} />
            <div>
              <strong>
                <PatrolTime patrol={patrol} />
              </strong>{" "}
              {fullVerdictOf(patrol)}
              <WhyPatrol patrol={patrol} names={names} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Why one patrol counts or not, and what it is made of. */
export function WhyPatrol({ patrol, names }: { patrol: ExplainedPatrol; names: Names }) {
  return (
    <>
      <Because rules={patrol.rules} />
      <VisitList patrol={patrol} names={names} />
    </>
  );
}

function WhyLast({ hotspotId, explanation }: { hotspotId: string; explanation: Explanation }) {
  const { times, days, live } = useWatch();
  const words = text.hotspotPage.why;
  const last = explanation.last_patrol;
  if (last === null) return <p class="note">{words.noLast}</p>;
  const day = times.day(days.startOf(last.date));
  const here = explanation.patrols.find(({ patrol_id }) => patrol_id === last.patrol_id);
  if (here !== undefined) {
    const [from, to] = [Date.parse(here.from), Date.parse(here.to)];
    const time = text.hotspotPage.fromTo(times.minute(from), times.minute(to));
    return (
      <>
        <p>{words.lastOn(day, time)}</p>
        <Because rules={here.rules} />
      </>
    );
  }
  const today = days.dayOf(live.now.peek());
  return (
    <p>
      {words.lastEarlier(day)}{" "}
      <a href={addressOf(hotspotId, last.date, today)}>{words.openThatDay}</a>
    </p>
  );
}

function Because({ rules }: { rules: readonly Reason[] }) {
  return (
    <>
      {rules.map(({ rule, because }) => (
        <p key={rule} class="because">
          {because}
        </p>
      ))}
    </>
  );
}

function PatrolTime({ patrol }: { patrol: ExplainedPatrol }) {
  const { times } = useWatch();
  const [from, to] = [times.minute(Date.parse(patrol.from)), times.minute(Date.parse(patrol.to))];
  return <>{patrol.goes_on ? text.hotspotPage.since(from) : text.hotspotPage.fromTo(from, to)}</>;
}

/** The visits that a patrol is made of, each with what of it counts. */
function VisitList({ patrol, names }: { patrol: ExplainedPatrol; names: Names }) {
  const { times } = useWatch();
  const words = text.hotspotPage;
  return (
    <ul class="visit-list">
      {patrol.stays.flatMap((stay) =>
        stay.visits.map((visit) => {
          const [from, to] = [Date.parse(visit.from), Date.parse(visit.to)];
          const name = stay.radio_id === null ? null : names(stay.radio_id, from);
          return (
            <li key={`${stay.radio_id}/${visit.from}`}>
              {stay.radio_id === null || name === null ? (
                words.why.notYours
              ) : (
                <a href={`/units/${encodeURIComponent(stay.radio_id)}`}>{name.callSign}</a>
              )}{" "}
              {words.fromTo(times.minute(from), times.minute(to))}, {told(visit.counted_minutes)}
            </li>
          );
        }),
      )}
    </ul>
  );
}

function Range({ minutes }: { minutes: Minutes }) {
  const { estimate, range } = figure(minutes);
  return (
    <td class="number">
      <strong>{estimate}</strong> {range !== null && text.hotspotPage.range(range)}
    </td>
  );
}
