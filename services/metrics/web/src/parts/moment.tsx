/** A choice between no time at all and one in the force's own zone. */
import { text } from "../text";
import { useWatch } from "../watch";
import { localOf } from "../zone";
import { FieldSet } from "./field";

interface Props {
  id: string;
  label: string;
  /** What no time means, and what one does. */
  none: string;
  some: string;
  /** A local date and time, or none. */
  value: string | null;
  help?: string | undefined;
  fault?: string | undefined;
  onChange: (value: string | null) => void;
}

export function Moment({ id, label, none, some, value, help, fault, onChange }: Props) {
  const { live, session } = useWatch();
  return (
    <FieldSet id={id} label={label} help={help} fault={fault}>
      {() => (
        <>
          <Choice name={id} words={none} chosen={value === null} onChoose={() => onChange(null)} />
          <Choice
            name={id}
            words={some}
            chosen={value !== null}
            onChoose={() => onChange(localOf(live.now.peek(), session.timezone))}
          />
          {value !== null && (
            <label class="time-field">
              <span>{text.forms.timeIn(session.timezone)}</span>
              <input
                type="datetime-local"
                value={value}
                onInput={(event) => onChange(event.currentTarget.value)}
              />
            </label>
          )}
        </>
      )}
    </FieldSet>
  );
}

interface ChoiceProps {
  /** Of the group of which one is chosen. */
  name: string;
  words: string;
  chosen: boolean;
  onChoose: () => void;
}

export function Choice({ name, words, chosen, onChoose }: ChoiceProps) {
  return (
    <label class="choice">
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      {words}
    </label>
  );
}
