/** Both lists: sorted, searched, and cut to a length a browser can bear. */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { Find } from "../parts/find";
import { text } from "../text";
import { HotSpotList } from "./hotspotlist";
import type { Selection } from "./selection";
import { UnitList } from "./unitlist";

export function Lists({ selection }: { selection: Signal<Selection> }) {
  const wanted = useSignal("");
  return (
    <div id="content" class="lists" tabIndex={-1}>
      <Find id="search" label={text.find} wanted={wanted} />
      <HotSpotList selection={selection} wanted={wanted} />
      <UnitList selection={selection} wanted={wanted} />
    </div>
  );
}
