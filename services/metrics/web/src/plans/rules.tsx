/** What a place is for, and by which numbers its patrols are judged. */
import { Field, FieldSet } from "../parts/field";
import { Choice } from "../parts/moment";
import { text } from "../text";
import type { PlanDraft, PlanFaults } from "./draft";
import { EMPTY_WINDOW } from "./draft";

interface Props {
  draft: PlanDraft;
  onWrite: (written: Partial<PlanDraft>) => void;
}

export function Purpose({ draft, onWrite }: Props) {
  const words = text.plansPage.form;
  return (
    <FieldSet id="plan-arm" label={words.arm}>
      {() => (
        <>
          <Choice
            name="plan-arm"
            words={words.patrolled}
            chosen={draft.arm === "treatment"}
            onChoose={() =>
              onWrite({
                arm: "treatment",
                ...(draft.windows.length ? {} : { windows: [EMPTY_WINDOW] }),
              })
            }
          />
          <Choice
            name="plan-arm"
            words={words.kept}
            chosen={draft.arm === "control"}
            onChoose={() => onWrite({ arm: "control", windows: [] })}
          />
        </>
      )}
    </FieldSet>
  );
}

export function Measures({ draft, faults, onWrite }: Props & { faults: PlanFaults }) {
  const words = text.plansPage.form;
  const isPatrolled = draft.arm === "treatment";
  const numberField = (
    field: "low" | "high" | "perDay" | "slack" | "gap",
    label: string,
    help?: string,
  ) => (
    <NumberField
      field={field}
      label={label}
      help={help}
      fault={faults[field]}
      value={draft[field]}
      onWrite={onWrite}
    />
  );
  return (
    <div class="numbers">
      <div class="pair">
        {numberField("low", words.low)}
        {numberField("high", words.high)}
      </div>
      {isPatrolled && (
        <>
          {numberField("perDay", words.perDay, words.perDayHelp)}
          <Select
            field="judgeBy"
            label={words.judgeBy}
            fault={faults.judgeBy}
            names={text.plansPage.judgedBy}
            value={draft.judgeBy}
            onWrite={(judgeBy) => onWrite({ judgeBy })}
          />
          <div class="pair">
            {numberField("slack", words.slack, words.slackHelp)}
            {numberField("gap", words.gap, words.gapHelp)}
          </div>
        </>
      )}
      <Select
        field="ring"
        label={words.ring}
        fault={faults.ring}
        names={text.plansPage.rings}
        value={draft.ring}
        onWrite={(ring) => onWrite({ ring })}
      />
    </div>
  );
}

interface NumberProps {
  field: "low" | "high" | "perDay" | "slack" | "gap";
  label: string;
  help: string | undefined;
  fault: string | undefined;
  value: string;
  onWrite: (written: Partial<PlanDraft>) => void;
}

function NumberField({ field, label, help, fault, value, onWrite }: NumberProps) {
  return (
    <Field id={`plan-${field}`} label={label} help={help} fault={fault}>
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          value={value}
          onInput={({ currentTarget }) => onWrite({ [field]: currentTarget.value })}
        />
      )}
    </Field>
  );
}

interface SelectProps<Value extends string> {
  field: string;
  label: string;
  fault: string | undefined;
  names: Record<Value, string>;
  value: Value;
  onWrite: (value: Value) => void;
}

function Select<Value extends string>({
  field,
  label,
  fault,
  names,
  value,
  onWrite,
}: SelectProps<Value>) {
  return (
    <Field id={`plan-${field}`} label={label} fault={fault}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ currentTarget }) => onWrite(currentTarget.value as Value)}
        >
          {Object.entries<string>(names).map(([each, name]) => (
            <option key={each} value={each}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
