/** Asks before a page is left on which something is not saved. */
import { useEffect } from "preact/hooks";
import { text } from "../text";

/** Also before a link of the page itself is followed. Back and forward are not asked about. */
export function useUnsaved(isUnsaved: () => boolean): void {
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const leaves = link !== null && !link.getAttribute("href")?.startsWith("#");
      if (!leaves || !isUnsaved() || window.confirm(text.forms.leave)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("beforeunload", onUnload);
    addEventListener("click", onClick, { capture: true });
    return () => {
      removeEventListener("beforeunload", onUnload);
      removeEventListener("click", onClick, { capture: true });
    };
  }, [isUnsaved]);
}
