/** The service's time by the minute. */
import { useComputed } from "@preact/signals";
import { useWatch } from "../watch";

const MINUTE_MS = 60_000;

/** The start of this minute: what follows it is not drawn each second. */
export function useMinute(): number {
  const { live } = useWatch();
  return useComputed(() => Math.floor(live.now.value / MINUTE_MS) * MINUTE_MS).value;
}
