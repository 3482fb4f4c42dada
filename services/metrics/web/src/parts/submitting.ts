/** Saving what is in a form: not while something in it is wrong, and losing nothing where it is refused. */
import type { RefObject } from "preact";
import { useCallback, useRef, useState } from "preact/hooks";
import { Refusal } from "../api";
import { text } from "../text";

export interface Submitting {
  form: RefObject<HTMLFormElement | null>;
  /** Whether somebody tried to save: from then on also what is merely not written yet is a fault. */
  tried: boolean;
  busy: boolean;
  /** Why it was refused, until something is written. */
  problem: readonly string[];
  submit: (event: Event) => Promise<void>;
  /** Forgets why it was refused: it is being put right. */
  forgive: () => void;
}

/** `faults` are those known here; `put` saves, and throws as `send` does. */
export function useSubmitting(faults: object, put: () => Promise<void>): Submitting {
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<readonly string[]>([]);
  const forgive = useCallback(() => setProblem([]), []);
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setTried(true);
    forgive();
    if (Object.keys(faults).length > 0) {
      window.setTimeout(() => focusFault(form.current));
      return;
    }
    setBusy(true);
    try {
      await put();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  }
  return { form, tried, busy, problem, submit, forgive };
}

/** What the service said, fault by fault, or that nothing was heard of it. */
function problemOf(error: unknown): string[] {
  if (!(error instanceof Refusal)) return [text.forms.unreachable];
  return error.fields.length > 0 ? error.fields.map(({ message }) => message) : [error.message];
}

/** Leads to the first field that is wrong. */
function focusFault(form: HTMLFormElement | null): void {
  const wrong = form?.querySelector<HTMLElement>("[aria-invalid], [tabindex].fault");
  const field = wrong?.matches("fieldset") ? wrong.querySelector<HTMLElement>("input") : wrong;
  field?.focus();
}
