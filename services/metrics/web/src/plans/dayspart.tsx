/** The days of a plan: of the week, or single dates. */
import { FieldSet } from "../parts/field";
import { Choice } from "../parts/moment";
import { text } from "../text";
import { WEEKDAYS } from "./days";
import type { PlanDraft } from "./draft";

interface Props {
  draft: PlanDraft;
  fault: string | undefined;
  onWrite: (written: Partial<PlanDraft>) => void;
}

export function DaysPart({ draft, fault, onWrite }: Props) {
  const words = text.plansPage.form;
  return (
    <FieldSet id="plan-days" label={words.on} fault={fault}>
      {() => (
        <>
          <Choice
            name="plan-on"
            words={words.onWeekdays}
            chosen={draft.on === "weekdays"}
            onChoose={() => onWrite({ on: "weekdays" })}
          />
          {draft.on === "weekdays" && <Weekdays draft={draft} onWrite={onWrite} />}
          <Choice
            name="plan-on"
            words={words.onDates}
            chosen={draft.on === "dates"}
            onChoose={() =>
              onWrite({ on: "dates", dates: draft.dates.length ? draft.dates : [""] })
            }
          />
          {draft.on === "dates" && <Dates draft={draft} onWrite={onWrite} />}
        </>
      )}
    </FieldSet>
  );
}

function Weekdays({ draft, onWrite }: Omit<Props, "fault">) {
  return (
    <div class="weekdays">
      {WEEKDAYS.map((day) => (
        <label key={day}>
          <input
            type="checkbox"
            checked={draft.weekdays.includes(day)}
            onChange={({ currentTarget }) => {
              const chosen = (each: string) =>
                each === day ? currentTarget.checked : draft.weekdays.some((one) => one === each);
              onWrite({ weekdays: WEEKDAYS.filter(chosen) });
            }}
          />
          <span>{text.plansPage.weekdays[day]}</span>
        </label>
      ))}
    </div>
  );
}

function Dates({ draft, onWrite }: Omit<Props, "fault">) {
  const words = text.plansPage.form;
  const { dates } = draft;
  return (
    <div class="dates">
      {dates.map((date, number) => (
        <span key={number} class="date">
          <input
            type="date"
            aria-label={words.date(number + 1)}
            value={date}
            onInput={({ currentTarget }) =>
              onWrite({ dates: dates.with(number, currentTarget.value) })
            }
          />
          <button
            class="plain"
            type="button"
            aria-label={words.removeDate(number + 1)}
            disabled={dates.length === 1}
            onClick={() => onWrite({ dates: dates.toSpliced(number, 1) })}
          >
            −
          </button>
        </span>
      ))}
      <button class="plain" type="button" onClick={() => onWrite({ dates: [...dates, ""] })}>
        {words.addDate}
      </button>
    </div>
  );
}
