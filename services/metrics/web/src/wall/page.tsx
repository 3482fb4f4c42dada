/**
 * The wall screen, read from four metres: the map, the most urgent hot spots and the alerts that fit.
 * Always dark, without scrolling and without anything to press.
 */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { sorted } from "../alerts/order";
import { AlertWords } from "../alerts/said";
import { HotSpotFigures } from "../board/hotspotfigures";
import { useAxis } from "../board/hotspotlist";
import { MapCanvas } from "../board/mapframe";
import type { Selection } from "../board/selection";
import { useUrgentOrder } from "../board/urgentorder";
import { Clock, Connection } from "../frame";
import { isOld } from "../live/freshness";
import { OldBanner, SimulatedBanner } from "../parts/banner";
import { useAlwaysDark } from "../scheme";
import { text } from "../text";
import { useWatch } from "../watch";
import { useFitting } from "./fitting";
import { useDailyReload } from "./fresh";

export function WallPage() {
  useAlwaysDark();
  useWallSizes();
  useDailyReload();
  const nothing = useSignal<Selection>(null);
  const old = isOld(useWatch().live.freshness.value);
  return (
    <div class={old ? "page wall old" : "page wall"}>
      <SimulatedBanner />
      <header>
        <h1>{text.wall.title}</h1>
        <Connection />
        <Clock />
      </header>
      <OldBanner />
      <main id="wall">
        <MapCanvas selection={nothing} use="wall" />
        <Alerts />
        <MostUrgent />
      </main>
      <footer>{text.notAnAlarm}</footer>
    </div>
  );
}

function MostUrgent() {
  const { board } = useWatch().live;
  const { hotspots } = useUrgentOrder(false);
  const axis = useAxis(hotspots);
  const patrolled = hotspots.filter((each) => each.units_present > 0).length;
  return (
    <FittingList
      id="wall-hotspots"
      title={text.wall.hotspots}
      summary={text.hotspotsSummary(patrolled, hotspots.length)}
      none={text.noHotspots}
      all={hotspots}
      row={(hotspot) => (
        <li key={hotspot.hotspot_id} class={hotspot.units_present > 0 ? "patrolled" : ""}>
          <div class="row">
            <HotSpotFigures
              hotspot={hotspot}
              day={board.compliance.get(hotspot.hotspot_id)}
              axis={axis}
            />
          </div>
        </li>
      )}
    />
  );
}

function Alerts() {
  const { board, beat } = useWatch().live;
  beat.value; // read again when the board changed
  const { open } = sorted(board.alerts.values());
  return (
    <FittingList
      id="wall-alerts"
      title={text.alerts.title}
      summary={text.alerts.open(open.length)}
      none={text.alerts.none}
      all={open}
      row={(alert) => (
        <li key={alert.alert_id} class={`alert ${alert.kind}`}>
          <div class="alert-words">
            <AlertWords alert={alert} />
          </div>
        </li>
      )}
    />
  );
}

interface ListProps<Item> {
  id: string;
  title: string;
  summary: string;
  none: string;
  all: readonly Item[];
  row: (item: Item) => ComponentChildren;
}

function FittingList<Item>({ id, title, summary, none, all, row }: ListProps<Item>) {
  const list = useRef<HTMLUListElement>(null);
  const count = useFitting(list, all.length);
  const more = all.length - count;
  return (
    <section id={id} class="panel" aria-labelledby={`${id}-title`}>
      <h2>
        <span id={`${id}-title`}>{title}</span>
        <small>{all.length === 0 ? "" : summary}</small>
      </h2>
      <ul ref={list}>{all.slice(0, count).map(row)}</ul>
      <p class="note">{all.length === 0 ? none : more > 0 && text.wall.more(more)}</p>
    </section>
  );
}

/** Sizes of the wall hold for the whole document, where the map's canvas reads them too. */
function useWallSizes(): void {
  useLayoutEffect(() => {
    document.documentElement.classList.add("wall-screen");
    return () => document.documentElement.classList.remove("wall-screen");
  }, []);
}
