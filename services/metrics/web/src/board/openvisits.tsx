/** Who is in a hot spot now, and for how long. */
import { figure } from "../format";
import type { Visit } from "../model";
import { inMinutes, nameOf } from "../model";
import { text } from "../text";
import { useWatch } from "../watch";

export function OpenVisits({ visits }: { visits: readonly Visit[] }) {
  return (
    <ul class="visits">
      {visits.map((visit) => (
        <VisitRow key={visit.visit_id} visit={visit} />
      ))}
    </ul>
  );
}

function VisitRow({ visit }: { visit: Visit }) {
  const { live, times } = useWatch();
  const unit = live.board.units.get(visit.radio_id);
  const stay = figure(inMinutes(visit));
  const figures = visit.settled ? text.final : text.provisional;
  return (
    <li class="visit">
      <a class="visit-name" href={`/units/${encodeURIComponent(visit.radio_id)}`}>
        {unit === undefined ? visit.radio_id : nameOf(unit)}
      </a>
      <span class="visit-since">{text.since(times.minute(Date.parse(visit.entered_at)))}</span>
      <span class="visit-length">{`${text.minutes(stay.estimate)} ${stay.range ?? ""} ${figures}`}</span>
    </li>
  );
}
