/** One unit: who and where it is, and the account of one of its shifts. */
import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import type { Duty } from "../model";
import { useReading } from "../reading";
import { maySeeLive } from "../session";
import type { Span } from "../span";
import { text } from "../text";
import { useWatch } from "../watch";
import { dutiesOf } from "./asking";
import { Head } from "./head";
import { nameIn, useHotSpots } from "./hotspots";
import { Picker } from "./picker";
import { ShiftAccount } from "./shift";
import { begun, fromQuery, shiftOf } from "./stretch";
import { Told } from "./told";

export function UnitPage() {
  const { params, query } = useRoute();
  const radioId = params.radio_id ?? "";
  return (
    <main id="content" class="unit-page" tabIndex={-1}>
      <UnitOf key={radioId} radioId={radioId} asked={fromQuery(query)} />
    </main>
  );
}

function UnitOf({ radioId, asked }: { radioId: string; asked: Span | null }) {
  const { session } = useWatch();
  const [duties, again] = useReading(() => dutiesOf(radioId));
  return (
    <>
      {!maySeeLive(session) && (
        <p class="unit-back">
          <a href="/">{text.unitPage.toMyDuties}</a>
        </p>
      )}
      <Told reading={duties} again={again}>
        {(known) => <ShiftOf radioId={radioId} asked={asked} duties={known} />}
      </Told>
    </>
  );
}

interface Props {
  radioId: string;
  asked: Span | null;
  duties: readonly Duty[];
}

function ShiftOf({ radioId, asked, duties }: Props) {
  const { session, live } = useWatch();
  const [opened] = useState(() => live.now.peek());
  const [why, setWhy] = useState("");
  const hotspots = useHotSpots();
  const shift = shiftOf(asked, duties, opened);
  const mayRead = maySeeLive(session) || shift.duty !== null;
  return (
    <>
      <Head radioId={radioId} duty={shift.duty ?? duties.at(-1) ?? null} />
      <Picker
        radioId={radioId}
        shift={shift}
        duties={begun(duties, opened)}
        nameOf={nameIn(hotspots)}
      />
      {mayRead ? (
        <ShiftAccount
          key={`${shift.from}/${shift.to}`}
          radioId={radioId}
          shift={shift}
          hotspots={hotspots}
          why={why}
          onWhy={setWhy}
        />
      ) : (
        <p class="note">{text.unitPage.notYourDuty}</p>
      )}
    </>
  );
}
