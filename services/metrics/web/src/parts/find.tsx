/** The field in which a name is searched for. */
import type { Signal } from "@preact/signals";

interface Props {
  id?: string;
  class?: string;
  /** What can be found. */
  label: string;
  wanted: Signal<string>;
}

export function Find({ label, wanted, ...marks }: Props) {
  return (
    <input
      {...marks}
      type="search"
      autocomplete="off"
      spellcheck={false}
      aria-label={label}
      placeholder={label}
      value={wanted.value}
      onInput={(event) => {
        wanted.value = event.currentTarget.value;
      }}
    />
  );
}

/** Whether a name is one that somebody searches for. */
export function matches(name: string, wanted: string): boolean {
  const part = wanted.trim().toLocaleLowerCase("en-GB");
  return part === "" || name.toLocaleLowerCase("en-GB").includes(part);
}
