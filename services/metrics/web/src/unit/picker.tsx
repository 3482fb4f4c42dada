/** Which shift is shown, picked from the radio's duties, and whose it was. */
import { useLocation } from "preact-iso";
import type { LocalTimes } from "../format";
import type { Duty } from "../model";
import type { Span } from "../span";
import { spanOf } from "../span";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Shift } from "./stretch";
import { addressOf } from "./stretch";

interface Props {
  radioId: string;
  shift: Shift;
  /** Those that can be picked. */
  duties: readonly Duty[];
  nameOf: (hotspotId: string) => string;
}

export function Picker({ radioId, shift, duties, nameOf }: Props) {
  const { times } = useWatch();
  const { route } = useLocation();
  const words = text.unitPage;
  const picked = shift.duty?.duty_id ?? "";
  function pick(dutyId: string) {
    const duty = duties.find((each) => each.duty_id === dutyId);
    if (duty !== undefined) route(addressOf(radioId, spanOf(duty)));
  }
  return (
    <section class="unit-duty">
      <label>
        <span>{words.shift}</span>
        <select value={picked} onChange={(event) => pick(event.currentTarget.value)}>
          {shift.duty === null && <option value="">{inWords(shift, times)}</option>}
          {duties.map((duty) => (
            <option key={duty.duty_id} value={duty.duty_id}>
              {inWords(spanOf(duty), times)}
            </option>
          ))}
        </select>
      </label>
      {shift.duty === null ? (
        <p>{words.noDuty}</p>
      ) : (
        <DutyFacts duty={shift.duty} nameOf={nameOf} />
      )}
    </section>
  );
}

/** `Wed 25 Nov 08:00–15:45` */
export function inWords({ from, to }: Span, times: LocalTimes): string {
  return `${times.day(from)} ${times.minute(from)}–${times.minute(to)}`;
}

function DutyFacts({ duty, nameOf }: { duty: Duty } & Pick<Props, "nameOf">) {
  const words = text.unitPage;
  const names = duty.hotspot_ids.map(nameOf);
  const how = [duty.role && text.roles[duty.role], duty.mode && text.modes[duty.mode]];
  const officers = duty.officer_ids ?? [];
  return (
    <dl class="facts">
      {officers.length > 0 && <Fact name={words.officers} said={officers.join(", ")} />}
      {duty.team !== null && <Fact name={words.team} said={duty.team} />}
      {how.some(Boolean) && <Fact name={words.how} said={how.filter(Boolean).join(", ")} />}
      <Fact name={words.allocated} said={names.join(", ") || words.nowhere} />
    </dl>
  );
}

function Fact({ name, said }: { name: string; said: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{said}</dd>
    </div>
  );
}
