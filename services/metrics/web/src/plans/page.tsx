/** All plans in a table, by hot spot, to be changed in place. */
import { useSignal } from "@preact/signals";
import { useCallback, useRef, useState } from "preact/hooks";
import type { HeldPlan } from "../model";
import { Closed } from "../parts/closed";
import { Find, matches } from "../parts/find";
import { useUnsaved } from "../parts/unsaved";
import { mayEdit } from "../session";
import { text } from "../text";
import { useWatch } from "../watch";
import { groupsOf } from "./groups";
import { PlanForm } from "./planform";
import { usePlans } from "./plans";
import { PlanTable } from "./table";

export function PlansPage() {
  return mayEdit(useWatch().session) ? <Desk /> : <Closed />;
}

/** The plan in the form, or the hot spot that a new one is for. */
export interface InHand {
  hotspotId: string;
  plan: HeldPlan | null;
}

function Desk() {
  const { live } = useWatch();
  live.beat.value; // read again when the board changed
  const { read, again } = usePlans();
  const wanted = useSignal("");
  const [told, setTold] = useState("");
  const [inHand, setInHand] = useState<InHand | null>(null);
  const changed = useRef(false);
  useUnsaved(useCallback(() => changed.current, []));

  /** Opens a form, or none; what is written in another is asked about first. */
  function take(next: InHand | null): void {
    if (changed.current && !window.confirm(text.forms.leave)) return;
    changed.current = false;
    setTold("");
    setInHand(next);
  }

  function saved(planId: string): void {
    changed.current = false;
    setInHand(null);
    setTold(text.plansPage.saved(planId));
    again();
  }

  /** What is written in the form of another plan stays. */
  function ended(plan: HeldPlan): void {
    setTold(text.plansPage.ended(plan.plan_id));
    again();
  }

  if (read.is === "failed") {
    return (
      <main id="content" class="plans" tabIndex={-1}>
        <h1>{text.plansPage.title}</h1>
        <p role="alert">{text.plansPage.notRead(read.why)}</p>
        <button class="plain" type="button" onClick={again}>
          {text.plansPage.tryAgain}
        </button>
      </main>
    );
  }
  const groups = groupsOf(live.board.hotspots.sorted(), read.plans);
  const without = groups.filter((group) => group.plans.length === 0).length;
  return (
    <main id="content" class="plans" tabIndex={-1}>
      <div class="plans-head">
        <h1>{text.plansPage.title}</h1>
        <p class="help">
          {read.is === "reading" && read.plans.length === 0
            ? text.plansPage.reading
            : text.plansPage.summary(read.plans.length, without)}
        </p>
        <Find class="find" label={text.plansPage.find} wanted={wanted} />
      </div>
      <p class="help">{text.plansPage.help}</p>
      <PlanTable
        groups={groups.filter(({ name }) => matches(name, wanted.value))}
        none={groups.length === 0 ? text.plansPage.noHotspots : text.noMatch}
        inHand={inHand}
        onTake={take}
        onEnded={ended}
        form={(hotspotName) =>
          inHand && (
            <PlanForm
              key={inHand}
              inHand={inHand}
              hotspotName={hotspotName}
              taken={(id) => read.plans.some((plan) => plan.plan_id === id)}
              onChange={() => {
                changed.current = true;
              }}
              onCancel={() => take(null)}
              onSaved={saved}
            />
          )
        }
      />
      <p class="told" role="status">
        {told}
      </p>
    </main>
  );
}
