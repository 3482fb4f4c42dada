/** What a place is: name, id, kind, the ring around it, and from when it is in force. */
import { Field, FieldSet } from "../parts/field";
import { Choice } from "../parts/moment";
import { Since } from "../parts/since";
import { text } from "../text";
import type { Draft, Faults } from "./draft";

const KINDS = ["hotspot", "blackspot"] as const;
/** Further than this the slider does not go; the field beside it does. */
const SLIDER_M = 500;
const SLIDER_STEP_M = 10;

interface Props {
  draft: Draft;
  faults: Faults;
  isNew: boolean;
  onWrite: (written: Partial<Draft>) => void;
}

export function Details({ draft, faults, isNew, onWrite }: Props) {
  return (
    <section class="details" aria-labelledby="details-title">
      <h2 id="details-title" class="spoken">
        {text.editPage.details}
      </h2>
      <Field id="place-name" label={text.editPage.name} fault={faults.name}>
        {(control) => (
          <input
            {...control}
            type="text"
            autocomplete="off"
            maxLength={200}
            value={draft.name}
            onInput={({ currentTarget }) => onWrite({ name: currentTarget.value })}
          />
        )}
      </Field>
      {isNew && (
        <Field id="place-id" label={text.editPage.id} help={text.editPage.idHelp} fault={faults.id}>
          {(control) => (
            <input
              {...control}
              type="text"
              autocomplete="off"
              spellcheck={false}
              value={draft.id}
              onInput={({ currentTarget }) => onWrite({ id: currentTarget.value })}
            />
          )}
        </Field>
      )}
      <FieldSet id="place-kind" label={text.editPage.kind}>
        {() =>
          KINDS.map((kind) => (
            <Choice
              key={kind}
              name="place-kind"
              words={text.editPage.kinds[kind]}
              chosen={draft.type === kind}
              onChoose={() => onWrite({ type: kind })}
            />
          ))
        }
      </FieldSet>
      <Catchment draft={draft} fault={faults.catchment} onWrite={onWrite} />
      <Since
        id="place-from"
        label={text.editPage.from}
        value={draft.from}
        fault={faults.from}
        onChange={(from) => onWrite({ from })}
      />
    </section>
  );
}

function Catchment({
  draft,
  fault,
  onWrite,
}: Pick<Props, "draft" | "onWrite"> & { fault: string | undefined }) {
  return (
    <Field
      id="place-catchment"
      label={text.editPage.catchment}
      help={text.editPage.catchmentHelp[draft.type]}
      fault={fault}
    >
      {(control) => (
        <span class="slider">
          <input
            type="range"
            aria-label={text.editPage.catchment}
            min={0}
            max={SLIDER_M}
            step={SLIDER_STEP_M}
            value={draft.catchment}
            onInput={({ currentTarget }) => onWrite({ catchment: currentTarget.value })}
          />
          <input
            {...control}
            type="text"
            inputMode="decimal"
            value={draft.catchment}
            onInput={({ currentTarget }) => onWrite({ catchment: currentTarget.value })}
          />
        </span>
      )}
    </Field>
  );
}
