/** What, where and since when, as it stands on the board and on the wall. */
import type { Alert } from "../model";
import { useWatch } from "../watch";
import { sinceOf, whatOf, whereOf } from "./words";

export function AlertWords({ alert }: { alert: Alert }) {
  const { live, times } = useWatch();
  return (
    <>
      <strong class="alert-what">{whatOf(alert)}</strong>
      <span class="alert-where">{whereOf(alert, times)}</span>
      <span class="alert-since">{sinceOf(alert, times, live.now.value)}</span>
    </>
  );
}
