/** A titled list on the board, with what it comes to and why it is empty or cut. */
import type { ComponentChildren } from "preact";
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
  row: (item: Item) => ComponentChildren;
}

export function Panel<Item>({ id, title, summary, none, all, found, children, row }: Props<Item>) {
  const note = noteOf(found.length, all, none);
  return (
    <section class="panel" aria-labelledby={`${id}-title`}>
      <h2>
        <span id={`${id}-title`}>{title}</span>
        <small id={`${id}-summary`}>{all === 0 ? "" : summary}</small>
      </h2>
      {children}
      <ul id={`${id}-rows`} tabIndex={-1}>
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

function noteOf(found: number, all: number, none: string): string {
  if (all === 0) return none;
  if (found === 0) return text.noMatch;
  return found > MOST_ROWS ? text.more(found - MOST_ROWS) : "";
}

/** Whether a name is one that somebody searches for. */
export function matches(name: string, wanted: string): boolean {
  const part = wanted.trim().toLocaleLowerCase("en-GB");
  return part === "" || name.toLocaleLowerCase("en-GB").includes(part);
}
