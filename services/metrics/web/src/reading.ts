/** Something that is read from the service while a part of the page is shown. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { inWords, Refusal } from "./api";
import { text } from "./text";

export type Reading<What> =
  | { is: "reading" }
  | { is: "read"; what: What }
  | { is: "failed"; why: string };

const UNAUTHORIZED = 401;

/**
 * Reads when first shown, and again whenever `again` is called; what was read stays meanwhile.
 * `ask` is taken as it was at first: give the component a `key` of what it asks for.
 */
export function useReading<What>(
  ask: () => Promise<What>,
): [reading: Reading<What>, again: () => void] {
  const [reading, setReading] = useState<Reading<What>>({ is: "reading" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    ask().then(
      (what) => wanted && setReading({ is: "read", what }),
      (problem: unknown) =>
        wanted && setReading({ is: "failed", why: whyNotRead(problem, text.unitPage.unreachable) }),
    );
    return () => {
      wanted = false;
    };
  }, [round]);
  return [reading, useCallback(() => setRound((before) => before + 1), [])];
}

/** What went wrong, for people. A session that ended reloads the page, which forgets all. */
export function whyNotRead(problem: unknown, unreachable: string): string {
  if (problem instanceof Refusal && problem.status === UNAUTHORIZED) location.reload();
  return inWords(problem, unreachable);
}
