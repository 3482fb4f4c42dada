/** Choosing a day, by a date, the day beside it, or the arrow keys. */
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import { daysOn, isDate } from "../days";
import { text } from "../text";
import { useWatch } from "../watch";

/** The address of a hot spot's day; that of today names none, so that it stays today's. */
export function addressOf(id: string, date: string, today: string): string {
  const address = `/hotspots/${encodeURIComponent(id)}`;
  return date === today ? address : `${address}?day=${date}`;
}

export function DayBar({ id, date, today }: { id: string; date: string; today: string }) {
  const { route } = useLocation();
  const { times, days } = useWatch();
  const words = text.hotspotPage;
  const go = (to: string) => {
    if (isDate(to) && to <= today && to !== date) route(addressOf(id, to, today), true);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step !== undefined && isForThePage(event)) go(daysOn(date, step));
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [id, date, today]);
  return (
    <section class="day-bar" aria-label={words.chooseDay}>
      <button
        class="plain"
        type="button"
        aria-label={words.dayBefore}
        title={words.keysHint}
        onClick={() => go(daysOn(date, -1))}
      >
        ‹
      </button>
      <input
        type="date"
        aria-label={words.chooseDay}
        value={date}
        max={today}
        onChange={(event) => go(event.currentTarget.value)}
      />
      <button
        class="plain"
        type="button"
        aria-label={words.dayAfter}
        title={words.keysHint}
        disabled={date === today}
        onClick={() => go(daysOn(date, 1))}
      >
        ›
      </button>
      <button class="plain" type="button" disabled={date === today} onClick={() => go(today)}>
        {words.toToday}
      </button>
      <span class="day-name" aria-live="polite">
        {times.day(days.startOf(date))}
        {date === today && `, ${words.today}`}
      </span>
    </section>
  );
}

/** Whether no part of the page that has the focus makes something of the arrow keys itself. */
function isForThePage({ target, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  if (altKey || ctrlKey || metaKey || shiftKey) return false;
  return !(target instanceof Element && target.closest("input, select, textarea, .lanes"));
}
