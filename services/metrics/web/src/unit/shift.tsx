/** The account of one shift: where its time went, the track, the visits and the silence. */
import { useSignal } from "@preact/signals";
import { useReading } from "../reading";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Account } from "./asking";
import { accountOf } from "./asking";
import type { HotSpots } from "./hotspots";
import { nameIn } from "./hotspots";
import { silencesIn } from "./silence";
import { SilenceTable } from "./silencetable";
import type { Shift } from "./stretch";
import { countedUntil, partsOf, totalsOf, visitsIn } from "./timeline";
import { TimeWent } from "./timewent";
import { Told } from "./told";
import { TrackPart } from "./trackpart";
import { VisitTable } from "./visittable";

interface Props {
  radioId: string;
  shift: Shift;
  hotspots: HotSpots;
  /** The reason given for the last look at a track of this radio; empty before the first. */
  why: string;
  onWhy: (why: string) => void;
}

export function ShiftAccount(props: Props) {
  const { session, live } = useWatch();
  const [account, again] = useReading(async () => ({
    ...(await accountOf(session, props.radioId, props.shift)),
    readAt: live.now.peek(),
  }));
  return (
    <Told reading={account} again={again}>
      {(read) => <AccountRead {...props} account={read} again={again} />}
    </Told>
  );
}

interface ReadProps extends Props {
  account: Account & { readAt: number };
  again: () => void;
}

function AccountRead({ radioId, shift, hotspots, why, onWhy, account, again }: ReadProps) {
  const { times } = useWatch();
  /** The moment on the track that the person stands at; null while no track is shown. */
  const cursor = useSignal<number | null>(null);
  const until = countedUntil(shift, account.sheets, account.readAt);
  const visits = visitsIn(shift, account.visits);
  const cores = visits.filter(({ ring }) => ring === "core");
  const silences = silencesIn(shift, radioId, account.signals, account.sheets);
  const nameOf = nameIn(hotspots);
  return (
    <div class="unit-account">
      <section class="unit-time" aria-labelledby="time-title">
        <h2>
          <span id="time-title">{text.unitPage.wholeTime}</span>
          {until < shift.to && (
            <small>
              {text.unitPage.asOf(times.minute(until))}{" "}
              <button class="plain" type="button" onClick={again}>
                {text.unitPage.readAgain}
              </button>
            </small>
          )}
        </h2>
        <TimeWent
          shift={shift}
          parts={partsOf(shift, cores, account.sheets, until)}
          totals={totalsOf(shift, account.sheets, until)}
          silences={silences}
          until={until}
          cursor={cursor}
          nameOf={nameOf}
        />
      </section>
      <TrackPart
        radioId={radioId}
        shift={shift}
        hotspots={hotspots}
        visited={cores}
        silences={silences}
        cursor={cursor}
        why={why}
        onWhy={onWhy}
      />
      <div class="unit-lists">
        <VisitTable visits={visits} nameOf={nameOf} />
        <SilenceTable silences={silences} />
      </div>
    </div>
  );
}
