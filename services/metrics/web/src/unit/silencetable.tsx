/** The episodes of silence in a shift, and whose fault they were. */
import { duration } from "../format";
import type { Signal } from "../model";
import { text } from "../text";
import { useWatch } from "../watch";
import { causeOf, silenceOf } from "./silence";

export function SilenceTable({ silences }: { silences: readonly Signal[] }) {
  const words = text.unitPage;
  return (
    <section class="unit-silences" aria-labelledby="silences-title">
      <h2 id="silences-title">{words.silences}</h2>
      {silences.length === 0 ? (
        <p class="note">{words.noSilences}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.what}</th>
              <th scope="col">{words.since}</th>
              <th scope="col">{words.until}</th>
              <th scope="col">{words.cause}</th>
            </tr>
          </thead>
          <tbody>
            {silences.map((signal) => (
              <SilenceRow key={signal.episode_id} signal={signal} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function SilenceRow({ signal }: { signal: Signal }) {
  const { times } = useWatch();
  const words = text.unitPage;
  const { from, to } = silenceOf(signal, 0);
  return (
    <tr class={signal.cause === "unexpected" ? "unexpected" : ""}>
      <th scope="row">{words.kinds[signal.kind] ?? signal.kind}</th>
      <td>{times.minute(from)}</td>
      <td>
        {signal.ended_at === null ? (
          words.goesOn
        ) : (
          <>
            {times.minute(to)}
            <small>{duration(to - from)}</small>
          </>
        )}
      </td>
      <td>{causeOf(signal)}</td>
    </tr>
  );
}
