/** The foot of a form: whether it is in order, the button that saves it, and why it was refused. */
import { text } from "../text";
import type { Trial } from "../trial";

interface Props {
  busy: boolean;
  trial: Trial<unknown>["is"];
  /** How many things are wrong. */
  faults: number;
  /** Why the service refused, where it did. */
  problem: readonly string[];
  onCancel?: () => void;
}

export function Saving({ busy, trial, faults, problem, onCancel }: Props) {
  return (
    <div class="saving">
      <div role="alert">
        {problem.length > 0 && (
          <div class="refused">
            <strong>{text.forms.refused}</strong>
            <ul>
              {problem.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <button class="main" type="submit" disabled={busy}>
        {busy ? text.forms.saving : text.forms.save}
      </button>
      {onCancel !== undefined && (
        <button class="plain" type="button" onClick={onCancel}>
          {text.forms.cancel}
        </button>
      )}
      <p class="state" role="status">
        {stateOf(trial, faults)}
      </p>
    </div>
  );
}

function stateOf(trial: Trial<unknown>["is"], faults: number): string {
  if (faults > 0) return text.forms.faults(faults);
  switch (trial) {
    case "asking":
      return text.forms.checking;
    case "told":
      return text.forms.faultless;
    case "unreachable":
      return text.forms.notChecked;
    case "nothing":
    case "refused":
      return "";
  }
}
