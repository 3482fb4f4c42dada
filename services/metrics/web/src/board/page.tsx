/** The live board: the map, and in words what it shows. */
import { useSignal } from "@preact/signals";
import { Lists } from "./lists";
import { MapFrame } from "./mapframe";
import type { Selection } from "./selection";

export function BoardPage() {
  const selection = useSignal<Selection>(null);
  return (
    <main id="board">
      <MapFrame selection={selection} />
      <Lists selection={selection} />
    </main>
  );
}
