/** Reads out alerts that are new, to those who listen to the page; the focus stays where it is. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Alert } from "../model";
import { text } from "../text";
import { useWatch } from "../watch";
import { whatOf, whereOf } from "./words";

/** `open` are the alerts that nobody has acknowledged, in their order. */
export function Announcer({ open }: { open: readonly Alert[] }) {
  const { live, times } = useWatch();
  const connecting = live.freshness.value.kind === "connecting";
  const known = useRef<Set<string> | null>(null);
  const [said, setSaid] = useState("");
  const ids = open.map(({ alert_id }) => alert_id).join(" ");
  useEffect(() => {
    if (connecting) return;
    // What was there when the page opened is not news.
    const fresh = known.current === null ? [] : open.filter((each) => !knows(known, each));
    known.current = new Set([...(known.current ?? []), ...open.map((each) => each.alert_id)]);
    const [first] = fresh;
    if (first === undefined) return;
    const words = `${whatOf(first)}. ${whereOf(first, times)}`;
    setSaid(
      fresh.length === 1 ? text.alerts.newOne(words) : text.alerts.newOnes(fresh.length, words),
    );
  }, [ids, connecting]);
  return (
    <p id="alert-news" class="unseen" role="status">
      {said}
    </p>
  );
}

function knows(known: { current: Set<string> | null }, { alert_id }: Alert): boolean {
  return known.current?.has(alert_id) ?? false;
}
