/** The timeline as tables: windows and what became of them, and each visit of each patrol. */
import { Fragment } from "preact";
import { text } from "../text";
import { useWatch } from "../watch";
import type { ExplainedWindow } from "./explained";
import type { Bar, Lane } from "./lanes";
import type { Names } from "./names";
import { OTHER_WORK } from "./presence";
import { fullVerdictOf, told, verdictOfLane, whenOf } from "./wording";

interface Props {
  lanes: readonly Lane[];
  windows: readonly ExplainedWindow[];
  names: Names;
}

export function DayTable({ lanes, windows, names }: Props) {
  return (
    <>
      {windows.length > 0 && <WindowTable windows={windows} />}
      {lanes.length > 0 && <VisitTable lanes={lanes} names={names} />}
    </>
  );
}

function WindowTable({ windows }: { windows: readonly ExplainedWindow[] }) {
  const { times } = useWatch();
  const words = text.hotspotPage;
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.columns.window}</th>
            <th scope="col">{words.columns.became}</th>
            <th scope="col">{words.columns.why}</th>
          </tr>
        </thead>
        <tbody>
          {windows.map(({ from, to, delivered, planned, status, rules }) => (
            <tr key={from}>
              <th scope="row">
                {words.windowOf(times.minute(Date.parse(from)), times.minute(Date.parse(to)))}
              </th>
              <td>{words.windowDone(delivered, planned, words.windowStatus[status])}</td>
              <td>{rules.map(({ because }) => because).join(" ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function VisitTable({ lanes, names }: { lanes: readonly Lane[]; names: Names }) {
  const { columns } = text.hotspotPage;
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.who}</th>
            <th scope="col">{columns.when}</th>
            <th scope="col" class="number">
              {columns.minutes}
            </th>
            <th scope="col" class="number">
              {columns.unknown}
            </th>
            <th scope="col">{columns.other}</th>
          </tr>
        </thead>
        {lanes.map((lane) => (
          <PatrolRows key={lane.id} lane={lane} names={names} />
        ))}
      </table>
    </div>
  );
}

function PatrolRows({ lane, names }: { lane: Lane; names: Names }) {
  const { times } = useWatch();
  const words = text.hotspotPage;
  const { patrol } = lane;
  return (
    <tbody>
      <tr class="patrol-row">
        <th scope="rowgroup" colSpan={2}>
          {whenOf(lane, times)}, {patrol === null ? verdictOfLane(lane) : fullVerdictOf(patrol)}
        </th>
        <td class="number">{told(lane.minutes)}</td>
        <td colSpan={2} />
      </tr>
      {lane.stints.map(({ radioId, bars }) => (
        <Fragment key={radioId}>
          {bars.map((bar) => {
            const { callSign, team } = names(radioId, bar.stay.from);
            return (
              <tr key={bar.visit.visit_id}>
                <td>
                  {callSign}, {team ?? words.noTeam}
                </td>
                <td>
                  {words.fromTo(times.minute(bar.stay.from), times.minute(bar.stay.to))}{" "}
                  {bar.visit.settled ? text.final : text.provisional}
                </td>
                <td class="number">{told(bar.minutes)}</td>
                <td class="number">
                  {bar.visit.unknown_seconds > 0
                    ? words.duration(bar.visit.unknown_seconds / 60)
                    : words.nothing}
                </td>
                <td>
                  <OtherWork bar={bar} />
                </td>
              </tr>
            );
          })}
        </Fragment>
      ))}
    </tbody>
  );
}

function OtherWork({ bar }: { bar: Bar }) {
  const { times } = useWatch();
  const words = text.hotspotPage;
  const busy = bar.statuses.filter(({ status }) => OTHER_WORK.has(status));
  if (busy.length === 0) return <>{words.nothing}</>;
  const told = busy.map(({ status, from, to }) => {
    const when = words.fromTo(times.minute(from), times.minute(to));
    return `${status.replaceAll("_", " ")} ${when}`;
  });
  return <>{told.join(", ")}</>;
}
