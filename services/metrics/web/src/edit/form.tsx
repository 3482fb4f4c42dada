/** The form beside the map: what the place is, its boundary, what it would cover, and saving it. */
import { useEffect } from "preact/hooks";
import { send } from "../api";
import { idFrom } from "../ids";
import type { HeldPlace, TriedPlace } from "../model";
import { Confirm } from "../parts/confirm";
import { Saving } from "../parts/saving";
import { useSubmitting } from "../parts/submitting";
import { text } from "../text";
import type { Trial } from "../trial";
import { useWatch } from "../watch";
import { DrawingTools, Outline } from "./boundary";
import { Covers } from "./covers";
import { Details } from "./details";
import type { Faults } from "./draft";
import { addressOf, faultsOf, faultsSaid, featureOf } from "./draft";
import type { Editing } from "./editing";
import type { Corner } from "./metres";

interface Props {
  editing: Editing;
  trial: Trial<TriedPlace>;
  isBlackspot: (id: string) => boolean;
  middle: () => Corner;
  onSaved: (held: HeldPlace) => void;
  onDeleted: (name: string) => void;
}

export function PlaceForm(props: Props) {
  const { editing, trial, isBlackspot, middle, onSaved, onDeleted } = props;
  const { live, session } = useWatch();
  const draft = editing.draft.value;
  const { shape, held } = editing;
  const taken = (id: string) =>
    held === null && (live.board.hotspots.get(id) !== undefined || isBlackspot(id));
  const own = faultsOf(draft, shape, taken);
  const { form, tried, busy, problem, submit, forgive } = useSubmitting(own, async () => {
    const feature = featureOf(draft, shape, session.timezone);
    onSaved(await send<HeldPlace>("PUT", addressOf(draft.id), feature));
  });
  useEffect(forgive, [draft, shape]);
  const said = faultsSaid(trial.is === "refused" ? trial.refusal.fields : []);
  const faults: Faults = { ...said.faults, ...(tried ? own : whileTyping(own, draft.id)) };
  return (
    <form ref={form} class="place-form" noValidate onSubmit={submit}>
      <a class="back" href="/edit">
        {text.editPage.backToList}
      </a>
      <h1>{held?.properties.name ?? text.editPage.newTitle}</h1>
      <OtherChange editing={editing} />
      <DrawingTools editing={editing} fault={faults.boundary} middle={middle} />
      <Covers trial={trial} type={draft.type} />
      <Outline editing={editing} />
      <Details
        draft={draft}
        faults={faults}
        isNew={held === null}
        onWrite={(written) => editing.write(withId(editing, written, taken))}
      />
      <Saving
        busy={busy}
        trial={trial.is}
        faults={Object.keys(faults).length + said.rest.length}
        problem={[...new Set([...problem, ...said.rest])]}
      />
      {held !== null && <Deletion held={held} onDeleted={onDeleted} />}
    </form>
  );
}

function Deletion({ held, onDeleted }: { held: HeldPlace; onDeleted: (name: string) => void }) {
  const { name } = held.properties;
  return (
    <Confirm
      label={text.editPage.delete}
      title={text.editPage.deleteTitle(name)}
      more={text.editPage.deleteMore}
      sure={text.editPage.deleteNow}
      failed={text.editPage.notDeleted}
      onSure={async () => {
        await send("DELETE", addressOf(held.id));
        onDeleted(name);
      }}
    />
  );
}

/** Whoever saves should know that they replace what another did meanwhile. */
function OtherChange({ editing }: { editing: Editing }) {
  const { live } = useWatch();
  live.beat.value; // read again when the board changed
  const opened = editing.held?.properties.version ?? null;
  const current = editing.held && live.board.hotspots.get(editing.held.id)?.version;
  if (opened === null || !current || current <= opened) return null;
  return (
    <p class="hint" role="alert">
      {text.editPage.otherChange}
    </p>
  );
}

/** Until somebody tries to save, what is merely not written yet is no fault. */
function whileTyping({ name: _, boundary: __, id, ...others }: Faults, written: string): Faults {
  return id !== undefined && written !== "" ? { ...others, id } : others;
}

/** The id follows the name until somebody writes another. */
function withId(
  editing: Editing,
  written: Partial<Editing["draft"]["value"]>,
  taken: (id: string) => boolean,
): Partial<Editing["draft"]["value"]> {
  const { id, name } = editing.draft.peek();
  const follows = editing.held === null && id === idFrom(name, taken);
  if (written.name === undefined || !follows) return written;
  return { ...written, id: idFrom(written.name, taken) };
}
