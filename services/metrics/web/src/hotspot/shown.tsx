/** A part of the page that is shown once it was told; until then, or where it cannot be, it says so. */
import type { ComponentChildren } from "preact";
import type { Reading } from "../reading";
import { text } from "../text";

interface Props<What> {
  told: Reading<What>;
  again: () => void;
  /** What is read. */
  name: string;
  /** Whether that may take a while. */
  isOld: boolean;
  children: (what: What) => ComponentChildren;
}

export function Shown<What>({ told, again, name, isOld, children }: Props<What>) {
  const words = text.hotspotPage;
  switch (told.is) {
    case "reading":
      return (
        <div class="hotspot-part waiting" role="status">
          <p>{words.reading(name)}</p>
          <progress aria-label={words.reading(name)} />
          {isOld && <p class="note">{words.readingOld}</p>}
        </div>
      );
    case "failed":
      return (
        <div class="hotspot-part waiting" role="alert">
          <p>{told.why}</p>
          <button class="plain" type="button" onClick={again}>
            {words.tryAgain}
          </button>
        </div>
      );
    case "read":
      return children(told.what);
  }
}
