/** Where the time of a shift went: in figures, on a timeline, and as a table. */
import type { Signal as Shared } from "@preact/signals";
import { duration, figure } from "../format";
import type { Signal } from "../model";
import type { Span } from "../span";
import { text } from "../text";
import { useWatch } from "../watch";
import { Strip } from "./strip";
import type { Part, Totals } from "./timeline";

export interface Props {
  shift: Span;
  parts: readonly Part[];
  totals: Totals;
  silences: readonly Signal[];
  /** Until when the time is counted. */
  until: number;
  cursor: Shared<number | null>;
  nameOf: (hotspotId: string) => string;
}

export function TimeWent(props: Props) {
  const { totals, parts, nameOf } = props;
  const words = text.unitPage;
  const inside = figure(totals.inside);
  const [outside, unknown] = [lasting(totals.outside), lasting(totals.unknown)];
  return (
    <>
      <dl class="totals">
        <div>
          <dt>{words.inHotSpots}</dt>
          <dd>
            <strong class="inside-time">{text.minutes(inside.estimate)}</strong>
            {inside.range !== null && <span>{inside.range}</span>}
          </dd>
        </div>
        <div>
          <dt>{words.outside}</dt>
          <dd>
            <strong>{outside}</strong>
          </dd>
        </div>
        <div>
          <dt>{words.unknown}</dt>
          <dd>
            <strong>{unknown}</strong>
          </dd>
        </div>
        <div>
          <dt>{words.figures}</dt>
          <dd>{totals.settled ? text.final : text.provisional}</dd>
        </div>
      </dl>
      <Strip {...props} label={words.timeline(text.minutes(inside.estimate), outside, unknown)} />
      <details>
        <summary>{words.timelineTable}</summary>
        <PartTable parts={parts} nameOf={nameOf} />
      </details>
    </>
  );
}

function PartTable({ parts, nameOf }: Pick<Props, "parts" | "nameOf">) {
  const { times } = useWatch();
  const words = text.unitPage;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.from}</th>
          <th scope="col">{words.to}</th>
          <th scope="col">{words.what}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.from}>
            <td>{times.minute(part.from)}</td>
            <td>
              {times.minute(part.to)}
              <small>{duration(part.to - part.from)}</small>
            </td>
            <td>{inWords(part, nameOf)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inWords({ kind, hotspotIds }: Part, nameOf: Props["nameOf"]): string {
  const words = text.unitPage;
  if (kind === "inside") return words.inside(hotspotIds.map(nameOf).join(", "));
  return kind === "ahead" ? words.ahead : words.keys[kind];
}

function lasting(minutes: number): string {
  return duration(Math.round(minutes * 60) * 1000);
}
