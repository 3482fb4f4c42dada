/** The blackspots that are or will be in force, as the service has them. */
import { useEffect, useState } from "preact/hooks";
import { list } from "../api";
import type { HeldPlace } from "../model";
import { useWatch } from "../watch";

export interface Blackspot {
  id: string;
  name: string;
  /** From when it is in force, where it is not yet. */
  from?: string;
}

/** Null while they are read the first time. */
export type Blackspots = readonly Blackspot[] | "unknown" | null;

/** They are read again whenever `changed` differs. */
export function useBlackspots(changed: unknown): Blackspots {
  const { live } = useWatch();
  const [blackspots, setBlackspots] = useState<Blackspots>(null);
  useEffect(() => {
    let wanted = true;
    list<HeldPlace>("/v1/blackspots").then(
      (held) => wanted && setBlackspots(eachOnce(held, live.now.peek())),
      () => wanted && setBlackspots("unknown"),
    );
    return () => {
      wanted = false;
    };
  }, [live, changed]);
  return blackspots;
}

/** One that will change is named once, as it is now; in the order of their names. */
export function eachOnce(held: readonly HeldPlace[], now: number): Blackspot[] {
  const places = new Map<string, Blackspot>();
  for (const { id, properties } of held) {
    if (places.has(id)) continue;
    const from = properties.effective_from;
    const toCome = Date.parse(from) > now ? { from } : {};
    places.set(id, { id, name: properties.name, ...toCome });
  }
  return [...places.values()].sort((a, b) => a.name.localeCompare(b.name, "en-GB"));
}
