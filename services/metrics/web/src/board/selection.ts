/** What the person has picked, on the map or in a list. */
import type { Signal } from "@preact/signals";

export type Kind = "hotspot" | "unit";
export type Selection = { kind: Kind; id: string } | null;

export function picked(selection: Selection, kind: Kind, id: string): boolean {
  return selection?.kind === kind && selection.id === id;
}

/** Picks a thing; picking the same again lets go of it. */
export function pick(selection: Signal<Selection>, kind: Kind, id: string): void {
  selection.value = picked(selection.value, kind, id) ? null : { kind, id };
}
