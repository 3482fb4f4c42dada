/** The form of one plan: checked as it is written, and what it comes to said in words. */
import { useMemo, useState } from "preact/hooks";
import { send } from "../api";
import { idFrom } from "../ids";
import type { HeldPlan } from "../model";
import { Field } from "../parts/field";
import { Moment } from "../parts/moment";
import { Saving } from "../parts/saving";
import { Since } from "../parts/since";
import { useSubmitting } from "../parts/submitting";
import { text } from "../text";
import { useTrial } from "../trial";
import { useWatch } from "../watch";
import { dueWords, sumWords } from "./arithmetic";
import { DaysPart } from "./dayspart";
import type { PlanDraft, PlanFaults } from "./draft";
import {
  addressOf,
  draftOf,
  emptyDraft,
  faultsOf,
  faultsSaid,
  nameOf,
  planOf,
  trialOf,
} from "./draft";
import type { InHand } from "./page";
import { Measures, Purpose } from "./rules";
import { WindowsPart } from "./windowspart";

interface Props {
  inHand: InHand;
  hotspotName: string;
  taken: (id: string) => boolean;
  /** Something was written. */
  onChange: () => void;
  onCancel: () => void;
  onSaved: (planId: string) => void;
}

export function PlanForm({ inHand, hotspotName, taken, onChange, onCancel, onSaved }: Props) {
  const { live, session } = useWatch();
  const { hotspotId, plan } = inHand;
  const zone = session.timezone;
  const [draft, setDraft] = useState(() =>
    plan === null ? emptyDraft(hotspotId) : draftOf(plan, live.now.peek(), zone),
  );
  const asked = useMemo(() => trialOf(draft, zone), [draft, zone]);
  const trial = useTrial<HeldPlan>(asked, inHand);
  const isTaken = (id: string) => plan === null && taken(id);
  const own = faultsOf(draft, isTaken);
  const { form, tried, busy, problem, submit, forgive } = useSubmitting(own, async () => {
    await send<HeldPlan>("PUT", addressOf(draft.id), planOf(draft, zone));
    onSaved(draft.id);
  });
  const said = faultsSaid(trial.is === "refused" ? trial.refusal.fields : []);
  const faults: PlanFaults = { ...said.faults, ...(tried ? own : whileTyping(own)) };
  const write = (written: Partial<PlanDraft>) => {
    onChange();
    forgive();
    setDraft((before) => withId(before, written, plan === null ? isTaken : null));
  };
  const words = text.plansPage.form;
  return (
    <form ref={form} class="plan-form" noValidate onSubmit={submit}>
      <h2>{plan === null ? words.newTitle(hotspotName) : words.title(draft.id, hotspotName)}</h2>
      <Fields draft={draft} faults={faults} isNew={plan === null} onWrite={write} />
      {asked !== null && <Arithmetic draft={draft} zone={zone} />}
      <Saving
        busy={busy}
        trial={trial.is}
        faults={Object.keys(faults).length + said.rest.length}
        problem={[...new Set([...problem, ...said.rest])]}
        onCancel={onCancel}
      />
    </form>
  );
}

interface FieldsProps {
  draft: PlanDraft;
  faults: PlanFaults;
  isNew: boolean;
  onWrite: (written: Partial<PlanDraft>) => void;
}

function Fields({ draft, faults, isNew, onWrite }: FieldsProps) {
  const words = text.plansPage.form;
  return (
    <div class="plan-fields">
      <div>
        <Purpose draft={draft} onWrite={onWrite} />
        <DaysPart draft={draft} fault={faults.days} onWrite={onWrite} />
      </div>
      {(draft.arm === "treatment" || draft.windows.length > 0) && (
        <div>
          <WindowsPart draft={draft} fault={faults.windows} onWrite={onWrite} />
        </div>
      )}
      <Measures draft={draft} faults={faults} onWrite={onWrite} />
      <div>
        <Since
          id="plan-from"
          label={words.since}
          value={draft.from}
          fault={faults.from}
          onChange={(from) => onWrite({ from })}
        />
        <Moment
          id="plan-to"
          label={words.ends}
          none={words.noEnd}
          some={words.endsAt}
          value={draft.to}
          fault={faults.to}
          onChange={(to) => onWrite({ to })}
        />
        {isNew && <IdField id={draft.id} fault={faults.id} onWrite={onWrite} />}
      </div>
    </div>
  );
}

function IdField({
  id,
  fault,
  onWrite,
}: {
  id: string;
  fault: string | undefined;
  onWrite: (written: Partial<PlanDraft>) => void;
}) {
  const words = text.plansPage.form;
  return (
    <Field id="plan-id" label={words.id} help={words.idHelp} fault={fault}>
      {(control) => (
        <input
          {...control}
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={id}
          onInput={({ currentTarget }) => onWrite({ id: currentTarget.value })}
        />
      )}
    </Field>
  );
}

/** What the plan comes to, told again whenever it changes. */
function Arithmetic({ draft, zone }: { draft: PlanDraft; zone: string }) {
  const plan = planOf(draft, zone);
  return (
    <p class="hint sum" aria-live="polite">
      <strong>{sumWords(plan)}</strong> {dueWords(plan)}
    </p>
  );
}

/** Until somebody tries to save, what is merely not written yet is no fault. */
function whileTyping({ id: _, days: __, windows: ___, ...others }: PlanFaults): PlanFaults {
  return others;
}

/** The id follows the hot spot and the days until somebody writes another; null where it stays. */
function withId(
  before: PlanDraft,
  written: Partial<PlanDraft>,
  taken: ((id: string) => boolean) | null,
): PlanDraft {
  const after = { ...before, ...written };
  if (taken === null || written.id !== undefined) return after;
  const follows = before.id === "" || before.id === idFrom(nameOf(before), taken);
  return follows ? { ...after, id: idFrom(nameOf(after), taken) } : after;
}
