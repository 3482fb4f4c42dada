/** A button for what cannot be taken back: it asks first, in its place, and says where it failed. */
import { useEffect, useRef, useState } from "preact/hooks";
import { inWords } from "../api";
import { text } from "../text";

interface Props {
  label: string;
  /** Where the label alone does not say of what. */
  spoken?: string;
  title: string;
  more: string;
  sure: string;
  failed: (why: string) => string;
  /** Throws where it failed. */
  onSure: () => Promise<void>;
}

export function Confirm({ label, spoken, title, more, sure, failed, onSure }: Props) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const opener = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    // What was pressed is gone: the focus goes to what took its place.
    if (asking) keep.current?.focus();
    else if (asked.current) opener.current?.focus();
    asked.current = asking;
  }, [asking]);
  if (!asking) {
    return (
      <button
        ref={opener}
        class="plain grave"
        type="button"
        aria-label={spoken}
        onClick={() => {
          setProblem("");
          setAsking(true);
        }}
      >
        {label}
      </button>
    );
  }
  async function go(): Promise<void> {
    setBusy(true);
    try {
      await onSure();
    } catch (error) {
      setProblem(failed(inWords(error, text.forms.noAnswer)));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div class="confirm" role="alertdialog" aria-label={title}>
      <p>
        <strong>{title}</strong> {more}
      </p>
      {problem !== "" && (
        <p class="fault" role="alert">
          {problem}
        </p>
      )}
      <button class="plain grave" type="button" disabled={busy} onClick={go}>
        {sure}
      </button>
      <button ref={keep} class="plain" type="button" onClick={() => setAsking(false)}>
        {text.forms.keep}
      </button>
    </div>
  );
}
