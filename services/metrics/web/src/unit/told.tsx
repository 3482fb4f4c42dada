/** A part of the page that is shown once it was read; until then, or where it cannot be, it says so. */
import type { ComponentChildren } from "preact";
import type { Reading } from "../reading";
import { text } from "../text";

interface Props<What> {
  reading: Reading<What>;
  again: () => void;
  children: (what: What) => ComponentChildren;
}

export function Told<What>({ reading, again, children }: Props<What>) {
  switch (reading.is) {
    case "reading":
      return (
        <p class="note" role="status">
          {text.unitPage.reading}
        </p>
      );
    case "failed":
      return (
        <p class="note problem" role="alert">
          {reading.why}{" "}
          <button class="plain" type="button" onClick={again}>
            {text.unitPage.tryAgain}
          </button>
        </p>
      );
    case "read":
      return children(reading.what);
  }
}
