/** The track of a shift: asked for with a reason, then drawn and walked along. */
import type { Signal as Shared } from "@preact/signals";
import { useState } from "preact/hooks";
import type { Signal, Visit } from "../model";
import { useReading } from "../reading";
import { maySeeLive } from "../session";
import { text } from "../text";
import { useWatch } from "../watch";
import { lookAtTrack } from "./asking";
import type { HotSpots } from "./hotspots";
import { isOfRadio } from "./silence";
import type { Shift } from "./stretch";
import { Told } from "./told";
import { cut, fixesOf } from "./track";
import { Walk } from "./walk";
import { WhyForm } from "./whyform";

interface Props {
  radioId: string;
  shift: Shift;
  hotspots: HotSpots;
  /** The visits to cores. */
  visited: readonly Visit[];
  silences: readonly Signal[];
  cursor: Shared<number | null>;
  why: string;
  onWhy: (why: string) => void;
}

export function TrackPart(props: Props) {
  const { session } = useWatch();
  const own = !maySeeLive(session);
  const [said, setSaid] = useState<string | null>(null);
  function say(why: string) {
    props.onWhy(why);
    setSaid(why);
  }
  return (
    <section class="unit-track" aria-labelledby="track-title">
      <h2 id="track-title">{text.unitPage.track}</h2>
      {own || said !== null ? (
        <TrackRead {...props} why={said} />
      ) : (
        <WhyForm before={props.why} onSay={say} />
      )}
    </section>
  );
}

/** Asks for the track when first shown: by then the reason was given, or is not needed. */
function TrackRead({
  radioId,
  shift,
  why,
  hotspots,
  visited,
  silences,
  cursor,
}: Omit<Props, "why" | "onWhy"> & { why: string | null }) {
  const { live } = useWatch();
  const words = text.unitPage;
  const [points, again] = useReading(() => lookAtTrack(radioId, shift, why));
  return (
    <Told reading={points} again={again}>
      {(found) => {
        const interval = live.board.units.get(radioId)?.expected_interval_s ?? null;
        const ofRadio = silences.filter((signal) => isOfRadio(signal, radioId));
        return (
          <>
            <Walk
              track={cut(fixesOf(found), ofRadio, interval)}
              hotspots={hotspots}
              visited={new Set(visited.map(({ hotspot_id }) => hotspot_id))}
              cursor={cursor}
            />
            <p class="note">
              {why === null ? words.ownTrack : words.recorded(why)}{" "}
              <button class="plain" type="button" onClick={again}>
                {words.readAgain}
              </button>
            </p>
          </>
        );
      }}
    </Told>
  );
}
