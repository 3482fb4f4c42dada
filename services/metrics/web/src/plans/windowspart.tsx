/** The windows of a plan: parts of the day, and how many patrols are due in each. */
import { FieldSet } from "../parts/field";
import { text } from "../text";
import { endsNextDay } from "./days";
import type { PlanDraft, WindowDraft } from "./draft";
import { EMPTY_WINDOW } from "./draft";

interface Props {
  draft: PlanDraft;
  fault: string | undefined;
  onWrite: (written: Partial<PlanDraft>) => void;
}

export function WindowsPart({ draft, fault, onWrite }: Props) {
  const words = text.plansPage.form;
  const { windows } = draft;
  const change = (number: number, written: Partial<WindowDraft>) =>
    onWrite({
      windows: windows.map((each, place) => (place === number ? { ...each, ...written } : each)),
    });
  return (
    <FieldSet id="plan-windows" label={words.windows} help={words.windowsHelp} fault={fault}>
      {() => (
        <>
          {windows.map((window, number) => (
            <WindowFields
              key={number}
              window={window}
              number={number + 1}
              onChange={(written) => change(number, written)}
              onRemove={() => onWrite({ windows: windows.toSpliced(number, 1) })}
            />
          ))}
          <button
            class="plain add"
            type="button"
            onClick={() => onWrite({ windows: [...windows, EMPTY_WINDOW] })}
          >
            {words.addWindow}
          </button>
        </>
      )}
    </FieldSet>
  );
}

interface WindowProps {
  window: WindowDraft;
  /** From 1. */
  number: number;
  onChange: (written: Partial<WindowDraft>) => void;
  onRemove: () => void;
}

function WindowFields({ window, number, onChange, onRemove }: WindowProps) {
  const words = text.plansPage.form;
  return (
    <div class="window">
      <label>
        <span aria-hidden>{words.from}</span>
        <input
          type="time"
          aria-label={words.windowFrom(number)}
          value={window.from}
          onInput={({ currentTarget }) => onChange({ from: currentTarget.value })}
        />
      </label>
      <label>
        <span aria-hidden>{endsNextDay(window) ? words.toNextDay : words.to}</span>
        <input
          type="time"
          aria-label={words.windowTo(number)}
          value={window.to}
          onInput={({ currentTarget }) => onChange({ to: currentTarget.value })}
        />
      </label>
      <label>
        <span aria-hidden>{words.patrols}</span>
        <input
          type="number"
          min={1}
          max={100}
          aria-label={words.windowPatrols(number)}
          value={window.patrols}
          onInput={({ currentTarget }) => onChange({ patrols: currentTarget.value })}
        />
      </label>
      <button
        class="plain"
        type="button"
        aria-label={words.removeWindow(number)}
        title={words.removeWindow(number)}
        onClick={onRemove}
      >
        −
      </button>
    </div>
  );
}
