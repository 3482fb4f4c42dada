/** The visits of a shift. */
import { useSignal } from "@preact/signals";
import { duration, figure } from "../format";
import type { Visit } from "../model";
import { inMinutes } from "../model";
import { text } from "../text";
import { useWatch } from "../watch";

interface Props {
  visits: readonly Visit[];
  nameOf: (hotspotId: string) => string;
}

export function VisitTable({ visits, nameOf }: Props) {
  const alsoNear = useSignal(false);
  const words = text.unitPage;
  const shown = visits.filter(({ ring }) => ring === "core" || alsoNear.value);
  return (
    <section class="unit-visits" aria-labelledby="visits-title">
      <h2>
        <span id="visits-title">{words.visits}</span>
        <label>
          <input
            type="checkbox"
            checked={alsoNear.value}
            onChange={(event) => {
              alsoNear.value = event.currentTarget.checked;
            }}
          />
          {words.alsoNear}
        </label>
      </h2>
      {shown.length === 0 ? (
        <p class="note">{words.noVisits}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.hotspot}</th>
              <th scope="col">{words.from}</th>
              <th scope="col">{words.to}</th>
              <th scope="col">{words.minutes}</th>
              <th scope="col">{words.unknown}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((visit) => (
              <VisitRow key={visit.visit_id} visit={visit} nameOf={nameOf} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function VisitRow({ visit, nameOf }: { visit: Visit } & Pick<Props, "nameOf">) {
  const { times } = useWatch();
  const words = text.unitPage;
  const name = nameOf(visit.hotspot_id);
  const stay = figure(inMinutes(visit));
  const statuses = [...new Set(visit.statuses.map(({ status }) => words.status(status)))];
  return (
    <tr>
      <th scope="row">
        {visit.ring === "core" ? name : words.near(name)}
        {statuses.length > 0 && <small>{statuses.join(", ")}</small>}
      </th>
      <td>{times.minute(Date.parse(visit.entered_at))}</td>
      <td>{visit.left_at === null ? words.stillThere : times.minute(Date.parse(visit.left_at))}</td>
      <td>
        <strong>{stay.estimate}</strong> {stay.range !== null && <span>({stay.range})</span>}
        <small>{visit.settled ? text.final : text.provisional}</small>
      </td>
      <td>
        {visit.unknown_seconds > 0 ? duration(visit.unknown_seconds * 1000) : words.noUnknown}
      </td>
    </tr>
  );
}
