/** What the person has picked, on the map or in a list. */
export type Selection = { kind: "hotspot" | "unit"; id: string } | null;

/** Told of each pick; picking the same again lets go of it. */
export type Pick = (kind: "hotspot" | "unit", id: string) => void;

export function picked(selection: Selection, kind: "hotspot" | "unit", id: string): boolean {
  return selection?.kind === kind && selection.id === id;
}
