// @vitest-environment jsdom

import { act } from "preact/test-utils";
import { LocationProvider, Route, Router } from "preact-iso";
import { afterEach, describe, expect, test, vi } from "vitest";
import { HotSpotPage } from "../src/hotspot/page";
import type { Visit } from "../src/model";
import {
  aCompliance,
  aDuty,
  aHotSpot,
  anExplanation,
  aPatrol,
  aTimesheet,
  aVisit,
  aWindow,
} from "./examples";
import type { Answers, Asked } from "./service";
import { answering, settled } from "./service";
import { shown, watching } from "./showing";

const NOW = Date.parse("2026-06-01T12:30:00Z");
const EXPLAINED = "/v1/compliance/hs-1/2026-06-01";
const patrol = aPatrol(["R1", "v1"]);
const closed: Partial<Visit> = { state: "closed", left_at: "2026-06-01T12:15:00Z" };
const ANSWERS: Answers = {
  "/v1/visits": [
    aVisit({ ...closed, seconds: 900, seconds_low: 840, seconds_high: 960, fixes: 15 }),
    aVisit({ ...closed, visit_id: "near", ring: "catchment" }),
  ],
  "/v1/compliance": [aCompliance(), aCompliance({ date: "2026-05-31", status: "missed" })],
  "/v1/duties": [aDuty()],
  "/v1/timesheets": [aTimesheet()],
  [EXPLAINED]: anExplanation({
    figures: aCompliance({
      patrol_minutes: { low: 14, estimate: 15, high: 16 },
      qualifying_patrols: 1,
      uncertain_patrols: 1,
    }),
    windows: [aWindow()],
    patrols: [patrol],
    last_patrol: { patrol_id: patrol.patrol_id, date: "2026-06-01" },
  }),
};

let asked: Asked[];
let watch = watching();

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open(answers: Answers = ANSWERS, query = ""): Promise<void> {
  asked = answering(answers);
  history.replaceState(null, "", `/hotspots/hs-1${query}`);
  watch = watching("view");
  watch.live.now.value = NOW;
  watch.live.board.apply({ type: "hotspot", data: aHotSpot({ units_present: 1 }) });
  shown(
    <LocationProvider>
      <Router>
        <Route path="/hotspots/:id" component={HotSpotPage} />
        <Route default component={() => null} />
      </Router>
    </LocationProvider>,
    watch,
  );
  await settled();
}

const textOf = (selector: string) => document.querySelector(selector)?.textContent ?? null;
const textsOf = (selector: string) =>
  [...document.querySelectorAll(selector)].map((element) => element.textContent);
const paths = () => asked.map(({ path }) => path);

async function press(selector: string): Promise<void> {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`no ${selector}`);
  act(() => found.click());
  await settled();
}

async function arrow(key: string, target: Element = document.body): Promise<void> {
  act(() => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
  await settled();
}

async function pass(ms: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

/** What the live stream told, once the page looks at it. */
function hear(what: () => void): void {
  act(() => {
    what();
    watch.live.beat.value += 1;
  });
}

test("the head tells how the day stands, each figure with its range", async () => {
  await open();
  expect(textOf("h1")).toBe("Market Place");
  expect(textOf(".hotspot-title p")).toBe("1 unit here nowprovisional");
  expect(textsOf(".card-value")).toEqual(["on track", "15 min (14–16)", "1 of 2", "today"]);
  expect(textsOf(".card-note")).toEqual(["", "of 30 min due", "1 more not certain", "13:00–13:15"]);
});

test("what the live stream says of today goes before what was read", async () => {
  await open();
  const minutes = { low: 20, estimate: 22, high: 25 };
  hear(() =>
    watch.live.board.apply({
      type: "compliance",
      data: aCompliance({ patrol_minutes: minutes, status: "met" }),
    }),
  );
  expect(textsOf(".card-value").slice(0, 2)).toEqual(["met", "22 min (20–25)"]);
  expect(textsOf(".heat-stands").at(-1)).toContain("met");
});

describe("each figure opens to where it comes from", () => {
  test.each([
    [1, "0 of 1 windows are delivered."],
    [1, "1 of 2 patrols count, 0 more may: it goes on."],
    [2, "NA11 13:00–13:15, 15 min (14–16)"],
    [3, "Its longest stay lasted 14 min for sure."],
    [4, "It was on Mon 1 Jun, 13:00–13:15."],
  ])("card %d: %s", async (card, because) => {
    await open();
    await press(`.card:nth-child(${card})`);
    expect(textOf("#why")).toContain(because);
    expect(document.querySelector(`.card:nth-child(${card})`)?.getAttribute("aria-expanded")).toBe(
      "true",
    );
    await press("#why button");
    expect(document.querySelector("#why")).toBeNull();
  });

  test("the last patrol of an earlier day leads to that day", async () => {
    const last_patrol = { patrol_id: "other", date: "2026-05-29" };
    await open({ ...ANSWERS, [EXPLAINED]: anExplanation({ last_patrol }) });
    await press(".card:nth-child(4)");
    expect(document.querySelector("#why a")?.getAttribute("href")).toBe(
      "/hotspots/hs-1?day=2026-05-29",
    );
  });
});

test("a patrol is a lane with who it was, of which team, and opens to why it counts", async () => {
  await open();
  expect(textOf(".lane .stint a")).toBe("NA11");
  expect(textOf(".lane .stint span")).toBe("Blue");
  expect(document.querySelector(".stint")?.classList.contains("tone-blue")).toBe(true);
  expect(textOf(".lane-verdict")).toBe("good");
  expect(textOf(".lane-minutes")).toBe("15 min (14–16)");
  await press(".lane-label button[aria-expanded]:has(.lane-verdict)");
  expect(textOf(".lane-why")).toContain("Its longest stay lasted 14 min for sure.");
});

test("the same is told as a table", async () => {
  await open();
  const [windows, visits] = document.querySelectorAll(".as-table table");
  expect(windows?.textContent).toContain("12:00–14:001 of 2, under way");
  expect(visits?.querySelector(".patrol-row")?.textContent).toContain("13:00–13:15, good, counts");
  expect(visits?.textContent).toContain("NA11, Blue13:00–13:15 provisional15 min (14–16)");
});

test("who was near by is shown when asked for", async () => {
  await open();
  expect(document.querySelector(".near-lane")).toBeNull();
  await press(".choice input");
  expect(textOf(".near-lane title")).toBe("NA11, 13:00–13:15, 10 min (9–12)");
});

test("sheets are asked for of those radios alone that were there for an unknown time", async () => {
  await open();
  expect(paths()).not.toContain("/v1/timesheets");
  const visit = aVisit({ ...closed, seconds: 600, unknown_seconds: 300 });
  const unknown = [{ from: "2026-06-01T12:02:00Z", to: "2026-06-01T12:07:00Z", episode_ids: [] }];
  await open({
    ...ANSWERS,
    "/v1/visits": [visit],
    "/v1/timesheets": [aTimesheet({ unknown })],
  });
  expect(asked.find(({ path }) => path === "/v1/timesheets")?.query.radio_id).toBe("R1");
  const gap = document.querySelector(".lane .bar-unknown");
  // 13:02 of a day that began at midnight, in percent.
  expect(gap?.getAttribute("x1")).toBe("54.306%");
  expect(gap?.getAttribute("x2")).toBe("54.653%");
});

test("the week has a row a day, and an hour its minutes in words", async () => {
  await open();
  expect(textsOf(".heat tbody th").at(-1)).toBe("Mon 1 Jun");
  expect(textsOf(".heat tbody th")).toHaveLength(7);
  const hours = [...document.querySelectorAll(".heat tbody tr:last-child td")];
  expect(hours[13]?.querySelector(".unseen")?.textContent).toBe("15 min (14–16)");
  expect(hours[12]?.querySelector(".unseen")?.textContent).toBe("0 min (0–1)");
  expect(hours[11]?.querySelector(".unseen")?.textContent).toBe("0 min");
  expect(textsOf(".heat-stands").at(-2)).toContain("missed");
});

test("the ring and the quality of GPS are told in words", async () => {
  await open();
  expect(textOf("[aria-labelledby=rings-title] p")).toContain("0 of 1 visits near by (0 %)");
  expect(textOf("[aria-labelledby=gps-title] p")).toContain("Good");
});

describe("choosing a day", () => {
  const yesterday = { ...ANSWERS, "/v1/compliance/hs-1/2026-05-31": anExplanation() };

  test("by the arrow keys, and back", async () => {
    await open(yesterday);
    await arrow("ArrowRight");
    expect(location.search).toBe("");
    await arrow("ArrowLeft");
    expect(location.search).toBe("?day=2026-05-31");
    expect(textOf("#day-title")).toBe("Patrols, Sun 31 May");
    await arrow("ArrowRight");
    expect(location.search).toBe("");
  });

  test("arrow keys in the timeline scroll it", async () => {
    await open(yesterday);
    await arrow("ArrowLeft", document.querySelector(".lanes") ?? document.body);
    expect(location.search).toBe("");
  });

  test("the week is not read again for a day in it", async () => {
    await open(yesterday);
    const before = paths().filter((path) => path === "/v1/visits").length;
    await press(".day-bar button");
    expect(paths().filter((path) => path === "/v1/visits")).toHaveLength(before);
    expect(paths()).toContain("/v1/compliance/hs-1/2026-05-31");
  });

  test.each(["?day=2026-06-02", "?day=yesterday"])("%s is today", async (query) => {
    await open(ANSWERS, query);
    expect(textOf(".day-name")).toBe("Mon 1 Jun, today");
  });

  test("of long ago no duties are asked for, and the reader is told that it takes a while", async () => {
    const old = "/v1/compliance/hs-1/2026-04-01";
    let answer = (_: Response) => {};
    await open({ ...ANSWERS, [old]: anExplanation() }, "?day=2026-04-01");
    expect(paths()).not.toContain("/v1/duties");
    vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (answer = resolve)));
    await press(".day-bar button");
    expect(textOf(".waiting")).toContain("Reading Tue 31 Mar");
    expect(textOf(".waiting")).toContain("takes some seconds");
    expect(document.querySelector(".waiting progress")).not.toBeNull();
    expect(textOf("h1")).toBe("Market Place");
    answer(Response.json(anExplanation()));
  });
});

test("what cannot be read says why, and can be tried again", async () => {
  const detail = "There was no hot spot hs-1 on 2026-06-01.";
  await open({ ...ANSWERS, [EXPLAINED]: { refused: 404, detail } });
  expect(textOf("[role=alert]")).toContain(detail);
  answering(ANSWERS);
  await press("[role=alert] button");
  expect(textOf(".lane-verdict")).toBe("good");
});

describe("while the live stream goes on", () => {
  const isHere = aVisit({ visit_id: "now", radio_id: "R1", entered_at: "2026-06-01T12:20:00Z" });

  test("a visit that has begun has a lane, and grows", async () => {
    await open();
    hear(() => watch.live.board.apply({ type: "visit", data: isHere }));
    expect(textsOf(".lane-verdict")).toEqual(["good", "not judged yet"]);
    expect(textsOf(".lane-minutes").at(-1)).toBe("10 min (9–12)");
    const longer = { ...isHere, seconds: 660, seconds_low: 600, seconds_high: 720 };
    hear(() => watch.live.board.apply({ type: "visit", data: longer }));
    expect(textsOf(".lane-minutes").at(-1)).toBe("11 min (10–12)");
  });

  test("today is read again, at most every 15 seconds, and what is shown stays meanwhile", async () => {
    await open();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const before = asked.length;
    for (let seconds = 0; seconds < 14; seconds++) {
      hear(() => watch.live.board.apply({ type: "compliance", data: aCompliance() }));
      hear(() => watch.live.board.apply({ type: "visit", data: { ...isHere, seconds } }));
      await pass(1000);
    }
    expect(asked.length).toBe(before);
    await pass(2000);
    const again = asked.slice(before);
    expect(again.map(({ path }) => path).sort()).toEqual([
      "/v1/compliance",
      EXPLAINED,
      "/v1/duties",
      "/v1/visits",
    ]);
    // Only visits of the last two days.
    expect(again.find(({ path }) => path === "/v1/visits")?.query.from).toBe(
      "2026-05-30T11:00:00.000Z",
    );
    expect(document.querySelector(".waiting")).toBeNull();
  });
});

test("names are text, whatever they hold", async () => {
  const team = "<img src=x onerror=alert(1)>";
  await open({ ...ANSWERS, "/v1/duties": [aDuty({ team })] });
  expect(document.querySelector(".stint img")).toBeNull();
  expect(textOf(".stint span")).toBe(team);
});
