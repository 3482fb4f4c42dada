/** What the service tells this page, read once and read again in place as the live stream goes on. */
import { useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Reading } from "../reading";
import { whyNotRead } from "../reading";
import { text } from "../text";
import { useWatch } from "../watch";

/** However much happens, nothing is asked for more often. */
const REREAD_MS = 15_000;

/**
 * Asks for something, and again when `round` rises; what was told stays meanwhile, and also where
 * the new asking fails: a banner tells of that. What was told under another `key` is not shown.
 */
export function useTold<What>(
  key: string,
  round: number,
  ask: (before: What | null) => Promise<What>,
): [told: Reading<What>, again: () => void] {
  const [state, setState] = useState<{ key: string; told: Reading<What> }>({
    key,
    told: { is: "reading" },
  });
  const [retries, setRetries] = useState(0);
  const told = state.key === key ? state.told : ({ is: "reading" } as const);
  useEffect(() => {
    let wanted = true;
    const before = told.is === "read" ? told.what : null;
    ask(before).then(
      (what) => wanted && setState({ key, told: { is: "read", what } }),
      (problem: unknown) => {
        const why = whyNotRead(problem, text.hotspotPage.unreachable);
        if (wanted && before === null) setState({ key, told: { is: "failed", why } });
      },
    );
    return () => {
      wanted = false;
    };
  }, [key, round, retries]);
  const again = useCallback(() => {
    setState({ key, told: { is: "reading" } });
    setRetries((count) => count + 1);
  }, [key]);
  return [told, again];
}

/**
 * A number that rises when the live stream told something new of a hot spot: a visit began or ended,
 * or its figures changed. What it tells first is what was just read.
 */
export function useRounds(hotspotId: string): number {
  const { live } = useWatch();
  const [round, setRound] = useState(0);
  const heard = useRef<{ figures: unknown; visits: string } | null>(null);
  const readAt = useRef(performance.now());
  const timer = useRef(0);
  useSignalEffect(() => {
    live.beat.value; // look again when the board changed
    if (live.board.hotspots.get(hotspotId) === undefined) return;
    const open = live.board.openVisits(hotspotId);
    const now = {
      figures: live.board.compliance.get(hotspotId),
      visits: open.map(({ visit_id }) => visit_id).join(),
    };
    const before = heard.current;
    heard.current = now;
    const isNews = before?.figures !== now.figures || before?.visits !== now.visits;
    if (before === null || !isNews || timer.current !== 0) return;
    const wait = Math.max(0, readAt.current + REREAD_MS - performance.now());
    timer.current = window.setTimeout(() => {
      timer.current = 0;
      readAt.current = performance.now();
      setRound((count) => count + 1);
    }, wait);
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return round;
}
