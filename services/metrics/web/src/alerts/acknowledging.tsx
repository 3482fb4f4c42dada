/** The button that acknowledges an alert, and the short note that may go with it. */
import { useState } from "preact/hooks";
import type { Alert } from "../model";
import { text } from "../text";
import { acknowledge } from "./acknowledge";
import { whatOf } from "./words";

const words = text.alerts;
const LONGEST_NOTE = 200;

type Step =
  | { is: "not yet"; left: boolean }
  | { is: "asked"; problem: string }
  | { is: "sending" }
  | { is: "sent" };

/** `onDone` is called once the service has taken it; every screen then hears of it by the stream. */
export function Acknowledging({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const [step, setStep] = useState<Step>({ is: "not yet", left: false });
  const [note, setNote] = useState("");
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    setStep({ is: "sending" });
    const problem = await acknowledge(alert, note);
    if (problem !== null) return setStep({ is: "asked", problem });
    setStep({ is: "sent" });
    onDone();
  }
  function leave() {
    setStep({ is: "not yet", left: true });
  }
  if (step.is === "not yet") {
    return (
      <button
        class="plain acknowledge"
        type="button"
        aria-label={words.acknowledgeThis(whatOf(alert))}
        // Who leaves the form is back at the button.
        ref={step.left ? focused : null}
        onClick={() => setStep({ is: "asked", problem: "" })}
      >
        {words.acknowledge}
      </button>
    );
  }
  if (step.is === "sent") return <p class="acknowledge">{words.sent}</p>;
  const id = `note-${alert.alert_id}`;
  return (
    <form class="acknowledging" onSubmit={submit}>
      <label for={id}>{words.note}</label>
      <input
        id={id}
        autocomplete="off"
        maxLength={LONGEST_NOTE}
        ref={focused}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") leave();
        }}
      />
      <p class="problem" role="alert">
        {step.is === "asked" && step.problem !== "" && words.refused(step.problem)}
      </p>
      <button class="plain" type="button" onClick={leave}>
        {words.cancel}
      </button>
      <button class="chief" type="submit" disabled={step.is === "sending"}>
        {step.is === "sending" ? words.sending : words.acknowledge}
      </button>
    </form>
  );
}

function focused(element: HTMLElement | null): void {
  element?.focus();
}
