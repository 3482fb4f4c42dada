/** Drawing hot spots and blackspots: a map to draw on, and beside it the list of them or a form. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { get } from "../api";
import type { HeldPlace, TriedPlace } from "../model";
import { Closed } from "../parts/closed";
import { useUnsaved } from "../parts/unsaved";
import { mayEdit } from "../session";
import { text } from "../text";
import { useTrial } from "../trial";
import { useWatch } from "../watch";
import { useBlackspots } from "./blackspots";
import { addressOf, draftOf, EMPTY, trialOf } from "./draft";
import { Editing } from "./editing";
import { PlaceForm } from "./form";
import type { Corner } from "./metres";
import { Places } from "./places";
import { SketchFrame } from "./sketchframe";

export function EditPage() {
  return mayEdit(useWatch().session) ? <Desk /> : <Closed />;
}

type Opened =
  | { is: "list" }
  | { is: "reading" }
  | { is: "missing"; why: string }
  | { is: "open"; editing: Editing };

function Desk() {
  const { session, times } = useWatch();
  const { route } = useLocation();
  const { opened, keep } = useOpened();
  const { id } = useRoute().params;
  /** What was just done, said where it leads to. */
  const [told, setTold] = useState<{ words: string; at: string | undefined } | null>(null);
  const blackspots = useBlackspots(told);
  const middle = useRef<() => Corner>(() => [0, 0]);
  const editing = opened.is === "open" ? opened.editing : null;
  const asked = editing && trialOf(editing.draft.value, editing.shape, session.timezone);
  const trial = useTrial<TriedPlace>(asked, editing);
  useUnsaved(useCallback(() => editing?.isChanged === true, [editing]));

  function onSaved(held: HeldPlace): void {
    const since = Date.parse(held.properties.effective_from);
    const from = `${times.day(since)}, ${times.minute(since)}`;
    setTold({ words: text.editPage.saved(held.properties.name, from), at: held.id });
    keep(held);
    route(`/edit/${encodeURIComponent(held.id)}`, true);
  }

  return (
    <main id="edit">
      <SketchFrame editing={editing} trial={trial} middle={middle} />
      <div id="content" class="desk" tabIndex={-1}>
        <p class="told" role="status">
          {told !== null && told.at === id ? told.words : ""}
        </p>
        {opened.is === "list" && <Places blackspots={blackspots} />}
        {opened.is === "reading" && <p class="help">{text.editPage.reading}</p>}
        {opened.is === "missing" && (
          <>
            <p role="alert">{opened.why}</p>
            <a href="/edit">{text.editPage.backToList}</a>
          </>
        )}
        {editing !== null && (
          <PlaceForm
            key={editing}
            editing={editing}
            trial={trial}
            isBlackspot={(id) =>
              Array.isArray(blackspots) && blackspots.some((each) => each.id === id)
            }
            middle={() => middle.current()}
            onSaved={onSaved}
            onDeleted={(name) => {
              setTold({ words: text.editPage.deleted(name), at: undefined });
              keep(null);
              route("/edit");
            }}
          />
        )}
      </div>
    </main>
  );
}

/** What the address asks for. `keep` puts what was just saved or deleted in place of what was open. */
function useOpened(): { opened: Opened; keep: (held: HeldPlace | null) => void } {
  const { live, session } = useWatch();
  const { id } = useRoute().params;
  const { query } = useLocation();
  const [opened, setOpened] = useState<Opened>({ is: "list" });
  const isNew = query.new !== undefined;
  const at = query.at;
  const open = useCallback(
    (held: HeldPlace): Opened => {
      const before = draftOf(held, live.now.peek(), session.timezone);
      return { is: "open", editing: new Editing(held, before) };
    },
    [live, session],
  );
  useEffect(() => {
    if (id === undefined) {
      setOpened(isNew ? { is: "open", editing: new Editing(null, EMPTY) } : { is: "list" });
      return undefined;
    }
    let wanted = true;
    setOpened((before) => (isOf(before, id) ? before : { is: "reading" }));
    get<HeldPlace>(addressOf(id), at === undefined ? {} : { at }).then(
      (held) => wanted && setOpened((before) => (isOf(before, id) ? before : open(held))),
      (error: Error) =>
        wanted &&
        setOpened((before) => (isOf(before, id) ? before : { is: "missing", why: error.message })),
    );
    return () => {
      wanted = false;
    };
  }, [id, isNew, at, open]);
  const keep = (held: HeldPlace | null) => setOpened(held === null ? { is: "list" } : open(held));
  return { opened, keep };
}

function isOf(opened: Opened, id: string): boolean {
  return opened.is === "open" && opened.editing.held?.id === id;
}
