/** An officer's first page: their own duties, each leading to its track, visits and silence. */
import { useMemo, useState } from "preact/hooks";
import { list } from "../api";
import { duration } from "../format";
import type { Duty } from "../model";
import { useReading } from "../reading";
import { spanOf } from "../span";
import { text } from "../text";
import { nameIn, useHotSpots } from "../unit/hotspots";
import { inWords } from "../unit/picker";
import { addressOf, begun } from "../unit/stretch";
import { Told } from "../unit/told";
import { useWatch } from "../watch";

export function DutiesPage() {
  const [duties, again] = useReading(() => list<Duty>("/v1/duties"));
  return (
    <main id="content" class="my-duties" tabIndex={-1}>
      <h1>{text.myDuties.title}</h1>
      <Told reading={duties} again={again}>
        {(known) => <Duties duties={known} />}
      </Told>
    </main>
  );
}

function Duties({ duties }: { duties: readonly Duty[] }) {
  const { live } = useWatch();
  const [opened] = useState(() => live.now.peek());
  const nameOf = nameIn(useHotSpots());
  const past = useMemo(() => begun(duties, opened), [duties, opened]);
  const ahead = duties.filter((duty) => !past.includes(duty));
  if (duties.length === 0) return <p class="note">{text.myDuties.none}</p>;
  return (
    <>
      <p class="note">{text.myDuties.help}</p>
      <ul class="duties">
        {past.map((duty) => (
          <li key={duty.duty_id}>
            <a href={addressOf(duty.radio_id, spanOf(duty))}>
              <DutyLines duty={duty} opened={opened} nameOf={nameOf} />
            </a>
          </li>
        ))}
      </ul>
      {ahead.length > 0 && (
        <>
          <h2>{text.myDuties.ahead}</h2>
          <ul class="duties">
            {ahead.map((duty) => (
              <li key={duty.duty_id}>
                <DutyLines duty={duty} opened={opened} nameOf={nameOf} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface LinesProps {
  duty: Duty;
  opened: number;
  nameOf: (hotspotId: string) => string;
}

function DutyLines({ duty, opened, nameOf }: LinesProps) {
  const { times } = useWatch();
  const stretch = spanOf(duty);
  const about = [duty.call_sign ?? duty.radio_id, duty.mode && text.modes[duty.mode], duty.team];
  const names = duty.hotspot_ids.map(nameOf).join(", ");
  const [inside, outside, unknown] = [
    duty.inside_seconds,
    duty.outside_seconds,
    duty.unknown_seconds,
  ].map((seconds) => duration(seconds * 1000));
  return (
    <>
      <strong>{inWords(stretch, times)}</strong>
      <span class="duty-about">{about.filter(Boolean).join(" · ")}</span>
      <span class="duty-places">{names || text.unitPage.nowhere}</span>
      {stretch.from <= opened && (
        <span class="duty-time">
          {text.myDuties.soFar(inside ?? "", outside ?? "", unknown ?? "")} ·{" "}
          {stretch.to > opened && `${text.myDuties.underWay} · `}
          {duty.settled ? text.final : text.provisional}
        </span>
      )}
    </>
  );
}
