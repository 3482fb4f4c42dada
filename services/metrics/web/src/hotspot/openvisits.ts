/** The visits of a hot spot, with those that go on as the live stream tells them. */
import { useComputed } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import type { Visit } from "../model";
import { useWatch } from "../watch";

/** `read` is what the service told last; where `isLive` the stream has newer things to say. */
export function useVisits(
  id: string,
  read: readonly Visit[] | null,
  isLive: boolean,
): Visit[] | null {
  const { live } = useWatch();
  const last = useRef<Visit[]>([]);
  const open = useComputed(() => {
    live.beat.value; // read again when the board changed
    const found = live.board.openVisits(id);
    if (!isAlike(found, last.current)) last.current = found;
    return last.current;
  }).value;
  const heard = useRef(new Heard());
  return useMemo(
    () => (read === null ? null : isLive ? heard.current.with(read, open) : [...read]),
    [read, open, isLive],
  );
}

/**
 * Joins what was read and what was heard. The stream does not tell this page how a visit ended, so it
 * stays as it was heard last until the next reading, and nothing vanishes for a while.
 */
export class Heard {
  #read: readonly Visit[] | null = null;
  #visits = new Map<string, Visit>();

  with(read: readonly Visit[], open: readonly Visit[]): Visit[] {
    if (read !== this.#read) this.#visits.clear();
    this.#read = read;
    for (const visit of open) this.#visits.set(visit.visit_id, visit);
    const known = new Map(read.map((visit) => [visit.visit_id, visit]));
    for (const [visitId, visit] of this.#visits) known.set(visitId, visit);
    return [...known.values()].sort((a, b) => Date.parse(a.entered_at) - Date.parse(b.entered_at));
  }
}

function isAlike(some: readonly Visit[], others: readonly Visit[]): boolean {
  return some.length === others.length && some.every((visit, at) => visit === others[at]);
}
