/** The plans that hold now or will, as the service has them. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { inWords, list } from "../api";
import type { HeldPlan } from "../model";
import { text } from "../text";

/** While they are read again, what was read before stays. */
export type Read =
  | { is: "reading" | "read"; plans: readonly HeldPlan[] }
  | { is: "failed"; why: string };

export function usePlans(): { read: Read; again: () => void } {
  const [read, setRead] = useState<Read>({ is: "reading", plans: [] });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    setRead((before) => ({ is: "reading", plans: before.is === "failed" ? [] : before.plans }));
    list<HeldPlan>("/v1/plans").then(
      (plans) => wanted && setRead({ is: "read", plans }),
      (error) => wanted && setRead({ is: "failed", why: inWords(error, text.unreachable) }),
    );
    return () => {
      wanted = false;
    };
  }, [round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { read, again };
}
