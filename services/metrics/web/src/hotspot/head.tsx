/** What a hot spot's day comes to; each figure opens to where it comes from. */
import { useState } from "preact/hooks";
import type { LocalTimes } from "../format";
import { axisFor, figure } from "../format";
import type { Compliance } from "../model";
import { Glyph } from "../parts/glyph";
import { RangeBar } from "../parts/range";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Day } from "./asking";
import type { Figure } from "./why";
import { Why } from "./why";

interface Props {
  id: string;
  /** Null until they were told. */
  figures: Compliance | null;
  day: Day | null;
  isToday: boolean;
}

const WHY_ID = "why";

export function Head({ id, figures, day, isToday }: Props) {
  const { live, times } = useWatch();
  live.beat.value; // read again when the board changed
  const [open, setOpen] = useState<Figure | null>(null);
  const hotspot = live.board.hotspots.get(id);
  const words = text.hotspotPage;
  const toggle = (which: Figure) => setOpen(open === which ? null : which);
  return (
    <section class="hotspot-head" aria-label={words.figures}>
      <div class="hotspot-title">
        <h1>{hotspot?.name ?? id}</h1>
        <p>
          {isToday && hotspot !== undefined && text.unitsHere(hotspot.units_present)}
          {figures !== null && (
            <span class="finality">{figures.settled ? text.final : text.provisional}</span>
          )}
        </p>
      </div>
      <div class="hotspot-figures">
        {figures === null ? (
          <NotYet />
        ) : (
          <Cards
            figures={figures}
            lastTime={day === null ? "" : lastTimeOf(day, times)}
            isToday={isToday}
            open={open}
            onToggle={toggle}
          />
        )}
      </div>
      {open !== null && day !== null && (
        <Why id={WHY_ID} hotspotId={id} figure={open} day={day} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}

function lastTimeOf({ explanation }: Day, times: LocalTimes): string {
  const last = explanation.patrols.find(
    ({ patrol_id }) => patrol_id === explanation.last_patrol?.patrol_id,
  );
  if (last === undefined) return "";
  const [from, to] = [times.minute(Date.parse(last.from)), times.minute(Date.parse(last.to))];
  return last.goes_on ? text.hotspotPage.since(from) : text.hotspotPage.fromTo(from, to);
}

/** Keeps the room that the figures will take. */
function NotYet() {
  return (
    <>
      {[1, 2, 3, 4].map((card) => (
        <span key={card} class="card" aria-hidden>
          <span class="card-label"> </span>
          <strong class="card-value"> </strong>
          <span class="card-note"> </span>
        </span>
      ))}
    </>
  );
}

interface CardsProps {
  figures: Compliance;
  /** When the last patrol that counts was, where that is of the day. */
  lastTime: string;
  isToday: boolean;
  open: Figure | null;
  onToggle: (which: Figure) => void;
}

function Cards({ figures, lastTime, isToday, open, onToggle }: CardsProps) {
  const words = text.hotspotPage;
  const minutes = figure(figures.patrol_minutes);
  const other = figure(figures.other_minutes);
  const due = figures.planned_minutes;
  const since = figures.days_since_last_patrol;
  const card = (which: Figure, label: string) => ({
    label,
    isOpen: open === which,
    onPress: () => onToggle(which),
  });
  return (
    <>
      <Card {...card("status", words.figures)}>
        <strong class="card-value card-status">
          <Glyph status={figures.status} />
          {text.dayStatus[figures.status]}
        </strong>
        <span class="card-note">
          {other.range !== null &&
            `${words.otherWork}: ${words.minutes(other.estimate, other.range)}`}
        </span>
      </Card>
      <Card {...card("minutes", words.policeMinutes)}>
        <strong class="card-value">
          {minutes.range === null ? words.none : text.minutes(minutes.estimate)}{" "}
          {minutes.range !== null && <small>{words.range(minutes.range)}</small>}
        </strong>
        <RangeBar
          minutes={figures.patrol_minutes}
          axis={axisFor(Math.max(due * 1.1, figures.patrol_minutes.high))}
          planned={due}
        />
        <span class="card-note">
          {due > 0 ? words.ofPlanned(text.minutes(String(Math.round(due)))) : words.nothingDue}
        </span>
      </Card>
      <Card {...card("patrols", words.patrols)}>
        <strong class="card-value">
          {words.patrolsOf(figures.qualifying_patrols, figures.planned_patrols)}
        </strong>
        <span class="card-note">
          {figures.uncertain_patrols > 0
            ? words.notCertain(figures.uncertain_patrols)
            : words.noMore}
        </span>
      </Card>
      <Card {...card("last", words.last)}>
        <strong class="card-value">
          {since === null ? words.noneKnown : isToday ? words.daysNow(since) : words.days(since)}
        </strong>
        <span class="card-note">{lastTime}</span>
      </Card>
    </>
  );
}

interface CardProps {
  label: string;
  isOpen: boolean;
  onPress: () => void;
  children: preact.ComponentChildren;
}

function Card({ label, isOpen, onPress, children }: CardProps) {
  const words = text.hotspotPage;
  return (
    <button
      class="card"
      type="button"
      aria-expanded={isOpen}
      aria-controls={isOpen ? WHY_ID : undefined}
      onClick={onPress}
    >
      <span class="card-label">
        {label}
        <span class="card-where">{isOpen ? words.close : words.whereShort}</span>
      </span>
      {children}
    </button>
  );
}
