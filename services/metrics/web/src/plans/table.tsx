/** The table of plans. A plan that is changed becomes a form in its own place. */
import type { ComponentChildren } from "preact";
import { send } from "../api";
import type { HeldPlan } from "../model";
import { Confirm } from "../parts/confirm";
import { text } from "../text";
import { useWatch } from "../watch";
import { number, rangeWords, sumOf, sumWords } from "./arithmetic";
import { dateWords, endsNextDay, weekdayWords } from "./days";
import { addressOf } from "./draft";
import type { Group } from "./groups";
import { keyOf } from "./groups";
import type { InHand } from "./page";

const COLUMNS = ["days", "windows", "due", "judged", "rules", "ring", "holds", "actions"] as const;

interface Props {
  groups: readonly Group[];
  /** Said where there are none. */
  none: string;
  inHand: InHand | null;
  onTake: (next: InHand) => void;
  onEnded: (plan: HeldPlan) => void;
  form: (hotspotName: string) => ComponentChildren;
}

export function PlanTable({ groups, none, ...props }: Props) {
  if (groups.length === 0) return <p class="help">{none}</p>;
  return (
    <table class="plan-table">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {text.plansPage.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <GroupRows key={group.hotspotId} group={group} {...props} />
      ))}
    </table>
  );
}

interface GroupProps extends Omit<Props, "groups" | "none"> {
  group: Group;
}

function GroupRows({ group, inHand, onTake, onEnded, form }: GroupProps) {
  const { hotspotId, name, isInForce, plans } = group;
  const adding = inHand?.hotspotId === hotspotId && inHand.plan === null;
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colSpan={COLUMNS.length}>
          <div class="group-head">
            <span class="group-name">{name}</span>
            {!isInForce && <small>{text.plansPage.noHotSpot}</small>}
            {plans.length === 0 && <small>{text.plansPage.none}</small>}
            {isInForce && (
              <button
                class="plain"
                type="button"
                aria-label={text.plansPage.addFor(name)}
                onClick={() => onTake({ hotspotId, plan: null })}
              >
                {text.plansPage.add}
              </button>
            )}
          </div>
        </th>
      </tr>
      {plans.map((plan) =>
        inHand?.plan && keyOf(inHand.plan) === keyOf(plan) ? (
          <FormRow key={keyOf(plan)}>{form(name)}</FormRow>
        ) : (
          <PlanRow
            key={keyOf(plan)}
            plan={plan}
            onEdit={() => onTake({ hotspotId, plan })}
            onEnded={onEnded}
          />
        ),
      )}
      {adding && <FormRow>{form(name)}</FormRow>}
    </tbody>
  );
}

function FormRow({ children }: { children: ComponentChildren }) {
  return (
    <tr class="form-row">
      <td colSpan={COLUMNS.length}>{children}</td>
    </tr>
  );
}

interface RowProps {
  plan: HeldPlan;
  onEdit: () => void;
  onEnded: (plan: HeldPlan) => void;
}

function PlanRow({ plan, onEdit, onEnded }: RowProps) {
  const id = plan.plan_id;
  const words = text.plansPage;
  return (
    <tr class={plan.arm === "control" ? "kept" : undefined}>
      <th scope="row" data-label={words.columns.days}>
        {plan.dates.length > 0 ? dateWords(plan.dates) : weekdayWords(plan.weekdays)}
        <small>{id}</small>
      </th>
      {plan.arm === "control" ? <td colSpan={5}>{words.kept}</td> : <DueCells plan={plan} />}
      <td data-label={words.columns.holds}>
        <Holding plan={plan} />
      </td>
      <td class="plan-tools">
        <button class="plain" type="button" aria-label={words.editThe(id)} onClick={onEdit}>
          {words.edit}
        </button>
        <Confirm
          label={words.end}
          spoken={words.endThe(id)}
          title={words.endTitle(id)}
          more={words.endMore}
          sure={words.endNow}
          failed={words.notEnded}
          onSure={async () => {
            await send("DELETE", addressOf(id));
            onEnded(plan);
          }}
        />
      </td>
    </tr>
  );
}

function DueCells({ plan }: { plan: HeldPlan }) {
  const words = text.plansPage;
  const isUsual = plan.minutes_per_day === sumOf(plan).low;
  return (
    <>
      <td data-label={words.columns.windows}>
        {plan.windows.length === 0 ? (
          words.noWindows
        ) : (
          <ul>
            {plan.windows.map((window) => (
              <li key={window.from} class="plan-window">
                {words.window(window.from, window.to, endsNextDay(window))}
                <small>{words.patrols(window.patrols)}</small>
              </li>
            ))}
          </ul>
        )}
      </td>
      <td data-label={words.columns.due}>
        {sumWords(plan) ?? rangeWords(plan.minutes_each.low, plan.minutes_each.high)}
        {!isUsual && <small>{words.minutesDue(number(plan.minutes_per_day))}</small>}
      </td>
      <td data-label={words.columns.judged}>{words.judgedBy[plan.judge_by]}</td>
      <td data-label={words.columns.rules}>
        {words.rules(number(plan.slack_minutes), number(plan.min_gap_minutes))}
      </td>
      <td data-label={words.columns.ring}>{words.rings[plan.ring]}</td>
    </>
  );
}

function Holding({ plan }: { plan: HeldPlan }) {
  const { live, times } = useWatch();
  const said = (time: string) =>
    `${times.date(Date.parse(time))} ${times.minute(Date.parse(time))}`;
  const isToCome = Date.parse(plan.effective_from) > live.now.peek();
  return (
    <>
      {text.plansPage.from(said(plan.effective_from))}
      {plan.effective_to !== null && <> {text.plansPage.until(said(plan.effective_to))}</>}
      {isToCome && <small>{text.plansPage.toCome}</small>}
    </>
  );
}
