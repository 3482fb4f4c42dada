/** Who a unit is, and as far as somebody may see it, what it is doing now. */
import { remarks, whereabouts } from "../board/unitlist";
import { age } from "../format";
import type { Duty, Unit } from "../model";
import { isSilent } from "../model";
import { maySeeLive } from "../session";
import { text } from "../text";
import { useWatch } from "../watch";

/** `duty` tells the call sign where the live picture does not. */
export function Head({ radioId, duty }: { radioId: string; duty: Duty | null }) {
  const { session, live } = useWatch();
  live.beat.value; // read again when the board changed
  const unit = live.board.units.get(radioId);
  const callSign = unit?.call_sign ?? duty?.call_sign ?? null;
  return (
    <section class="unit-head">
      <h1>
        {callSign ?? radioId}
        {callSign !== null && <small>{text.unitPage.radio(radioId)}</small>}
      </h1>
      {maySeeLive(session) &&
        (unit === undefined ? (
          <p class="unit-now">{text.unitPage.notHeardLately}</p>
        ) : (
          <Now unit={unit} />
        ))}
    </section>
  );
}

function Now({ unit }: { unit: Unit }) {
  const { board, now } = useWatch().live;
  const words = text.unitPage;
  const facts = [
    words.heard(age(now.value - Date.parse(unit.heard_at))),
    unit.accuracy_m === null ? null : text.accuracy(unit.accuracy_m),
    whereabouts(unit, (id) => board.hotspots.get(id)?.name ?? id),
    unit.status === null ? null : words.status(unit.status),
  ];
  return (
    <>
      <p class="unit-now">
        <strong class={isSilent(unit) ? "unit-state silent" : "unit-state"}>
          {text.states[unit.state]}
        </strong>
        {facts
          .filter((fact) => fact !== null)
          .map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
      </p>
      {remarks(unit).map((remark) => (
        <p key={remark} class="unit-remark">
          {remark}
        </p>
      ))}
    </>
  );
}
