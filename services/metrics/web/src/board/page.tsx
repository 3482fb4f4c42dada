/** The live board: the map, what needs looking at, and in words what the map shows. */
import { useSignal } from "@preact/signals";
import { AlertRail } from "../alerts/rail";
import { text } from "../text";
import { Lists } from "./lists";
import { MapFrame } from "./mapframe";
import type { Selection } from "./selection";

export function BoardPage() {
  const selection = useSignal<Selection>(null);
  return (
    <main id="board">
      <h1 class="unseen">{text.board}</h1>
      <MapFrame selection={selection} />
      <AlertRail selection={selection} />
      <Lists selection={selection} />
    </main>
  );
}
