/** One hot spot: how its day stands, who was there when, its week, and how far all that can be trusted. */
import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { useRoute } from "preact-iso";
import { daysOn, isDate } from "../days";
import type { Compliance } from "../model";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Day, Week } from "./asking";
import { dayOf, weekOf } from "./asking";
import { DayBar } from "./daybar";
import { GpsPart } from "./gpspart";
import { Head } from "./head";
import { HeatPart } from "./heat";
import { OneDay } from "./oneday";
import { useVisits } from "./openvisits";
import { RingsPart } from "./ringspart";
import { Shown } from "./shown";
import { useRounds, useTold } from "./told";
import { sevenDaysWith } from "./week";

export function HotSpotPage() {
  const { params, query } = useRoute();
  const id = params.id ?? "";
  return (
    <main id="content" class="hotspot-page" tabIndex={-1}>
      <HotSpotOf key={id} id={id} asked={query.day ?? ""} />
    </main>
  );
}

/** `asked` is the date in the address; today where it is none, or still to come. */
function HotSpotOf({ id, asked }: { id: string; asked: string }) {
  const { live, days, times } = useWatch();
  const today = useComputed(() => days.dayOf(live.now.value)).value;
  const date = isDate(asked) && asked < today ? asked : today;
  const dates = useMemo(() => sevenDaysWith(date, today), [date, today]);
  const rounds = useRounds(id);
  const isLive = dates.includes(today);
  const [week, weekAgain] = useTold<Week>(`${id}/${dates[0]}`, isLive ? rounds : 0, (before) =>
    weekOf(id, dates, days, before),
  );
  const [day, dayAgain] = useTold<Day>(`${id}/${date}`, date === today ? rounds : 0, () =>
    dayOf(id, date, today, days),
  );
  const told = useWeek(id, week.is === "read" ? week.what : null, isLive);
  const name = times.day(days.startOf(date));
  const isOld = date <= daysOn(today, -7);
  const figures = day.is === "read" ? day.what.explanation.figures : null;
  return (
    <>
      <Head
        id={id}
        figures={useFigures(id, date, figures)}
        day={day.is === "read" ? day.what : null}
        isToday={date === today}
      />
      <DayBar id={id} date={date} today={today} />
      <Shown told={day} again={dayAgain} name={name} isOld={isOld}>
        {(what) => (
          <OneDay key={date} id={id} date={date} day={what} visits={told?.visits ?? null} />
        )}
      </Shown>
      <Shown told={week} again={weekAgain} name={text.hotspotPage.week} isOld={isOld}>
        {() =>
          told && (
            <>
              <HeatPart id={id} dates={dates} date={date} today={today} week={told} />
              <div class="hotspot-pair">
                <RingsPart id={id} dates={dates} visits={told.visits} />
                <GpsPart dates={dates} week={told} />
              </div>
            </>
          )
        }
      </Shown>
    </>
  );
}

/** The week with what the live stream has said since it was read. */
function useWeek(id: string, week: Week | null, isLive: boolean): Week | null {
  const visits = useVisits(id, week?.visits ?? null, isLive);
  const newest = useNewest(id);
  return useMemo(() => {
    if (week === null || visits === null) return null;
    const told = week.days.map((day) => (isLive && day.date === newest?.date ? newest : day));
    return { visits, days: told };
  }, [week, visits, newest, isLive]);
}

/** How a day stands: of today what the live stream says, which is the newest. */
function useFigures(id: string, date: string, explained: Compliance | null): Compliance | null {
  const newest = useNewest(id);
  return newest?.date === date ? newest : explained;
}

/** What the live stream said last of how a hot spot's day stands. */
function useNewest(id: string): Compliance | undefined {
  const { live } = useWatch();
  return useComputed(() => {
    live.beat.value; // read again when the board changed
    return live.board.compliance.get(id);
  }).value;
}
