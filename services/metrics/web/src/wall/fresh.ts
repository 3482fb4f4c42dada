/** A screen that hangs for months: once a day it loads the page anew, while that is sure to work. */
import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useWatch } from "../watch";

const DAY_MS = 86_400_000;

export function useDailyReload(): void {
  const { live } = useWatch();
  const since = useRef(performance.now());
  useSignalEffect(() => {
    live.now.value; // each second
    const old = performance.now() - since.current > DAY_MS;
    if (old && live.freshness.value.kind === "live") location.reload();
  });
}
