/** A titled list on the board, with what it comes to and why it is empty or cut. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { text } from "../text";

/** Rows beyond these are counted, not drawn. */
const MOST_ROWS = 200;

interface Props<Item> {
  id: string;
  title: string;
  summary: string;
  /** Said where there is nothing at all. */
  none: string;
  /** How many there are, found or not. */
  all: number;
  found: readonly Item[];
  children?: ComponentChildren;
  /** Told when the pointer or the focus comes among the rows, and when both have left. */
  onEnter?: (inside: boolean) => void;
  row: (item: Item) => ComponentChildren;
}

export function Panel<Item>(props: Props<Item>) {
  const { id, title, summary, none, all, found, children, onEnter, row } = props;
  const note = noteOf(found.length, all, none);
  const entering = useEntering(onEnter);
  return (
    <section class="panel" aria-labelledby={`${id}-title`}>
      <h2>
        <span id={`${id}-title`}>{title}</span>
        <small id={`${id}-summary`}>{all === 0 ? "" : summary}</small>
      </h2>
      {children}
      <ul id={`${id}-rows`} tabIndex={-1} {...entering}>
        {found.slice(0, MOST_ROWS).map(row)}
      </ul>
      {note !== "" && (
        <p id={`${id}-note`} class="note">
          {note}
        </p>
      )}
    </section>
  );
}

function useEntering(onEnter: Props<unknown>["onEnter"]) {
  const inside = useRef({ pointer: false, focus: false });
  const told = (by: "pointer" | "focus", is: boolean) => () => {
    inside.current[by] = is;
    onEnter?.(inside.current.pointer || inside.current.focus);
  };
  return {
    onPointerEnter: told("pointer", true),
    onPointerLeave: told("pointer", false),
    onFocusIn: told("focus", true),
    onFocusOut: told("focus", false),
  };
}

function noteOf(found: number, all: number, none: string): string {
  if (all === 0) return none;
  if (found === 0) return text.noMatch;
  return found > MOST_ROWS ? text.more(found - MOST_ROWS) : "";
}
