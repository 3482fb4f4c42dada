/** Showing a part of the page as somebody sees it who watches from London. */
import type { ComponentChild } from "preact";
import { render } from "preact";
import { act } from "preact/test-utils";
import type { Session } from "../src/model";
import type { Watch } from "../src/watch";
import { beginWatch, WatchContext } from "../src/watch";

/** A watch by somebody with these scopes, to whom nothing was told yet. */
export function watching(...scopes: Session["scopes"]): Watch {
  return beginWatch({
    name: "desk",
    scopes,
    timezone: "Europe/London",
    day_starts: "00:00",
    simulated: false,
  });
}

/** Draws a part of the page, alone, into the document's body. */
export function shown(part: ComponentChild, watch: Watch): void {
  act(() => render(<WatchContext.Provider value={watch}>{part}</WatchContext.Provider>, root()));
}

function root(): Element {
  for (const other of document.body.children) render(null, other);
  const element = document.createElement("div");
  document.body.replaceChildren(element);
  return element;
}
