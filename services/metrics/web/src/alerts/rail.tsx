/** The alerts beside the map: what needs looking at, and who already does. */
import type { Signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Selection } from "../board/selection";
import type { Alert } from "../model";
import { text } from "../text";
import { useWatch } from "../watch";
import { Acknowledging } from "./acknowledging";
import { Announcer } from "./announcer";
import { sorted } from "./order";
import { placeOf } from "./place";
import { AlertWords } from "./said";

const words = text.alerts;

export function AlertRail({ selection }: { selection: Signal<Selection> }) {
  const { board, beat } = useWatch().live;
  beat.value; // read again when the board changed
  const title = useRef<HTMLHeadingElement>(null);
  const { open, acknowledged } = sorted(board.alerts.values());
  return (
    <section class="alerts" aria-labelledby="alerts-title">
      <h2>
        <span id="alerts-title" ref={title} tabIndex={-1}>
          {words.title}
        </span>
        <small>{words.open(open.length)}</small>
      </h2>
      <Announcer open={open} />
      <div class="alerts-rows">
        {open.length === 0 && <p class="note">{words.none}</p>}
        <ul id="alert-rows">
          {open.map((alert) => (
            <li key={alert.alert_id} class={`alert ${alert.kind}`}>
              <AlertPlace alert={alert} selection={selection} />
              {/* The row is about to go: whoever pressed it is not left nowhere. */}
              <Acknowledging alert={alert} onDone={() => title.current?.focus()} />
            </li>
          ))}
        </ul>
        {acknowledged.length > 0 && <Acknowledged alerts={acknowledged} selection={selection} />}
      </div>
      <p class="not-an-alarm">{words.notAnAlarm}</p>
    </section>
  );
}

function Acknowledged({
  alerts,
  selection,
}: {
  alerts: readonly Alert[];
  selection: Signal<Selection>;
}) {
  const { times } = useWatch();
  return (
    <>
      <h3>{words.acknowledged(alerts.length)}</h3>
      <ul id="acknowledged-rows">
        {alerts.map((alert) => (
          <li key={alert.alert_id} class={`alert ${alert.kind}`}>
            <AlertPlace alert={alert} selection={selection} />
            {alert.acknowledged !== null && (
              <p class="alert-by">
                <span>
                  {words.byAt(
                    alert.acknowledged.by,
                    times.minute(Date.parse(alert.acknowledged.at)),
                  )}
                </span>
                {alert.acknowledged.text !== "" && <q>{alert.acknowledged.text}</q>}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The words of an alert; where it is on the map, they lead there. */
function AlertPlace({ alert, selection }: { alert: Alert; selection: Signal<Selection> }) {
  const place = placeOf(alert, useWatch().live.board);
  if (place === null) {
    return (
      <div class="alert-words">
        <AlertWords alert={alert} />
      </div>
    );
  }
  return (
    <button
      class="alert-words"
      type="button"
      onClick={() => {
        selection.value = place;
      }}
    >
      <AlertWords alert={alert} />
    </button>
  );
}
