/** A field of a form with its label, what helps to fill it in, and what is wrong with it. */
import type { ComponentChildren } from "preact";

/** What the control in it takes over, so that label, help and fault are read out with it. */
export interface Control {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface Props {
  id: string;
  label: string;
  help?: string | undefined;
  /** Empty or absent where nothing is wrong. */
  fault?: string | undefined;
  children: (control: Control) => ComponentChildren;
}

export function Field({ id, label, help, fault, children }: Props) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(controlOf(id, help, fault))}
      <Notes id={id} help={help} fault={fault} />
    </div>
  );
}

/** The same for a group of controls. */
export function FieldSet({ id, label, help, fault, children }: Props) {
  const { id: _, ...described } = controlOf(id, help, fault);
  return (
    <fieldset id={id} {...described}>
      <legend>{label}</legend>
      {children({ id, ...described })}
      <Notes id={id} help={help} fault={fault} />
    </fieldset>
  );
}

function Notes({ id, help, fault }: Pick<Props, "id" | "help" | "fault">) {
  return (
    <>
      {help && (
        <small id={`${id}-help`} class="help">
          {help}
        </small>
      )}
      {fault && (
        <p id={`${id}-fault`} class="fault">
          {fault}
        </p>
      )}
    </>
  );
}

function controlOf(id: string, help?: string, fault?: string): Control {
  const notes = [fault && `${id}-fault`, help && `${id}-help`].filter(Boolean).join(" ");
  return {
    id,
    ...(notes === "" ? {} : { "aria-describedby": notes }),
    ...(fault ? { "aria-invalid": true as const } : {}),
  };
}
