// @vitest-environment jsdom

import { act } from "preact/test-utils";
import { LocationProvider, Route, Router } from "preact-iso";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { UnitPage } from "../src/unit/page";
import { aDuty, aHotSpot, aSignal, aTimesheet, aTrackPoint, aUnit, aVisit } from "./examples";
import type { Answers, Asked } from "./service";
import { answering, settled, withCanvas } from "./service";
import { shown, watching } from "./showing";

const NOW = Date.parse("2026-06-01T18:30:00Z");
const TRACK = "/v1/units/R1/track";
const WITHIN = { from: "2026-06-01T10:00:00.000Z", to: "2026-06-01T18:00:00.000Z" };
const ANSWERS: Answers = {
  "/v1/duties": [aDuty()],
  "/v1/visits": [
    aVisit({
      left_at: "2026-06-01T12:10:00Z",
      state: "closed",
      unknown_seconds: 90,
      statuses: [{ status: "on_patrol", from: "2026-06-01T11:00:00Z", to: null }],
      settled: true,
    }),
    aVisit({ visit_id: "v2", ring: "catchment", left_at: "2026-06-01T12:30:00Z", state: "closed" }),
  ],
  "/v1/timesheets": [
    aTimesheet({ to: "2026-06-01T18:00:00Z", inside_seconds: 600, outside_seconds: 27_600 }),
  ],
  "/v1/signals": [aSignal({ ended_at: "2026-06-01T12:02:00Z" })],
  "/v1/hotspots": [aHotSpot()],
  [TRACK]: [
    aTrackPoint(),
    aTrackPoint({ fix_time: "2026-06-01T10:01:00Z", lat: 52.06, status: "on_patrol" }),
    aTrackPoint({ fix_time: "2026-06-01T10:09:00Z", lat: 52.07 }),
  ],
};

let asked: Asked[];

beforeEach(withCanvas);
afterEach(async () => {
  // Leaflet draws in the next frame, and not only while its map is still there.
  await new Promise(requestAnimationFrame);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function open(scopes: string, answers: Answers = ANSWERS, address = "/units/R1") {
  asked = answering(answers);
  history.replaceState(null, "", address);
  const watch = watching(...scopes.split(" "));
  watch.live.now.value = NOW;
  if (scopes === "view") {
    watch.live.board.apply({ type: "hotspot", data: aHotSpot() });
    const unit = aUnit({ call_sign: "NA11", status: "on_patrol", observed_interval_s: 5 });
    watch.live.board.apply({ type: "unit", data: unit });
  }
  const page = (
    <LocationProvider>
      <Router>
        <Route path="/units/:radio_id" component={UnitPage} />
        <Route default component={() => null} />
      </Router>
    </LocationProvider>
  );
  shown(page, watch);
  await settled();
}

const textOf = (selector: string) => document.querySelector(selector)?.textContent ?? null;
const textsOf = (selector: string) =>
  [...document.querySelectorAll(selector)].map((element) => element.textContent);
const tracksAsked = () => asked.filter(({ path }) => path === TRACK);

function element<Kind extends Element>(selector: string): Kind {
  const found = document.querySelector<Kind>(selector);
  if (found === null) throw new Error(`no ${selector}`);
  return found;
}

async function press(selector: string): Promise<void> {
  act(() => element<HTMLElement>(selector).click());
  await settled();
}

async function typeWhy(why: string): Promise<void> {
  await press('.why input[value="Another reason"]');
  act(() => {
    const input = element<HTMLInputElement>(".typed-why");
    input.value = why;
    input.dispatchEvent(new Event("input"));
  });
  await press(".why button");
}

test("nothing of the track is asked for before somebody says why", async () => {
  await open("view");
  expect(textOf(".why legend")).toBe("Why do you look at this track?");
  await press(".why button");
  expect(textOf(".why .problem")).toBe("Choose a reason.");
  expect(tracksAsked()).toEqual([]);
  expect(document.querySelector(".leaflet-container")).toBeNull();
});

test("a reason that was chosen goes with the one look, and is shown beside it", async () => {
  await open("view");
  await press(".why input");
  await press(".why button");
  expect(tracksAsked()).toEqual([
    {
      path: TRACK,
      query: WITHIN,
      headers: { "stepsix-why": "An%20officer%20asked%20about%20their%20own%20figures" },
    },
  ]);
  expect(textOf(".unit-track")).toContain(
    "This look was recorded. Reason: An officer asked about their own figures",
  );
});

test.each([
  ["  ", false],
  ["ab", false],
  ["é💬", false],
  ["abc", true],
  ["x".repeat(200), true],
  ["x".repeat(201), false],
])("a typed reason has 3 to 200 characters: %j is taken %s", async (why, taken) => {
  await open("view");
  await typeWhy(why);
  expect(tracksAsked()).toHaveLength(taken ? 1 : 0);
  if (!taken) expect(textOf(".why .problem")).toBe("Say why in 3 to 200 characters.");
});

test("a typed reason reaches the service whatever letters it has", async () => {
  await open("view");
  await typeWhy(" Café: 50 % übrig ");
  const header = tracksAsked()[0]?.headers["stepsix-why"] ?? "";
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(decodeURIComponent(header)).toBe("Café: 50 % übrig");
});

test("where the service refuses the look it says why, and nothing is shown", async () => {
  await open("view", { ...ANSWERS, [TRACK]: { refused: 422, detail: "Say why, please." } });
  await press(".why input");
  await press(".why button");
  expect(textOf(".unit-track .problem")).toContain("Say why, please.");
  expect(document.querySelector(".leaflet-container")).toBeNull();
});

test("a track is walked along, and a gap is told as one", async () => {
  await open("view");
  await press(".why input");
  await press(".why button");
  expect(textOf(".unit-track")).toContain("3 positions, 1 gap.");
  expect(textOf(".walk-place")).toBe("11:09:00 · outside all hot spots, ±5 m");
  await press('[aria-label="Fix before"]');
  expect(textOf(".walk-place")).toBe("11:01:00 · outside all hot spots, ±5 m, on patrol");
  act(() => {
    const slider = element<HTMLInputElement>('.walk input[type="range"]');
    slider.value = String(Date.parse("2026-06-01T10:05:00Z"));
    slider.dispatchEvent(new Event("input"));
  });
  expect(textOf(".walk-place")).toBe("11:05:00 · no position from 11:01 to 11:09 (8 min)");
  expect(textOf(".gap-label")).toBe("8 min");
  expect(element(".strip .cursor").getAttribute("x1")).toBe(String((5 / (8 * 60)) * 720));
});

test("the head says what the unit does now, the duty whose it was", async () => {
  await open("view");
  expect(textOf("h1")).toBe("NA11radio R1");
  expect(textsOf(".unit-now > *")).toEqual([
    "reporting",
    "heard 6 h ago",
    "±12 m",
    "outside all hot spots",
    "on patrol",
  ]);
  expect(textOf(".unit-remark")).toBe("reports every 5 s, set: 60 s");
  expect(textsOf(".facts dd")).toEqual(["P1", "Blue", "PC, on foot", "Market Place"]);
  expect(textOf("select")).toBe("Mon 1 Jun 11:00–19:00");
});

test("officers are named only where the service names them", async () => {
  const { officer_ids: _, ...untold } = aDuty();
  await open("view", { ...ANSWERS, "/v1/duties": [untold] });
  expect(textsOf(".facts dt")).not.toContain("Officers");
});

test("the account tells time, visits and silence, each figure with its range", async () => {
  await open("view");
  expect(textsOf(".totals dd")).toEqual(["10 min0–10", "7 h 40 min", "10 min", "provisional"]);
  expect(textsOf(".unit-visits tbody tr")).toEqual([
    "Market Placeon patrol13:0013:1010 (9–12)final2 min",
  ]);
  expect(textsOf(".unit-silences tbody tr")).toEqual(["not heard12:5513:027 minunexpected"]);
  expect(element(".strip svg").getAttribute("aria-label")).toMatch(
    /^Timeline of the shift: 10 min/,
  );
  await press(".unit-visits input");
  expect(textsOf(".unit-visits tbody th")[1]).toBe("near Market Place");
});

test("another shift is picked from the radio's duties, and is another look", async () => {
  const before = aDuty({
    duty_id: "d-0",
    from: "2026-06-01T00:00:00Z",
    to: "2026-06-01T08:00:00Z",
  });
  const ahead = aDuty({ duty_id: "d-2", from: "2026-06-01T20:00:00Z", to: "2026-06-01T22:00:00Z" });
  await open("view", { ...ANSWERS, "/v1/duties": [before, aDuty(), ahead] });
  await press(".why input");
  await press(".why button");
  expect(textsOf("option")).toEqual(["Mon 1 Jun 11:00–19:00", "Mon 1 Jun 01:00–09:00"]);
  act(() => {
    const select = element<HTMLSelectElement>("select");
    select.value = "d-0";
    select.dispatchEvent(new Event("change"));
  });
  await settled();
  expect(location.search).toBe(
    "?from=2026-06-01T00%3A00%3A00.000Z&to=2026-06-01T08%3A00%3A00.000Z",
  );
  expect(document.querySelector(".why")).not.toBeNull();
  expect(element<HTMLInputElement>(".why input").checked).toBe(true);
  expect(tracksAsked()).toHaveLength(1);
});

test("of their own an officer is asked no reason, and asks within the duty alone", async () => {
  await open("own");
  expect(document.querySelector(".why")).toBeNull();
  expect(tracksAsked()).toEqual([{ path: TRACK, query: WITHIN, headers: {} }]);
  for (const path of ["/v1/visits", "/v1/timesheets", "/v1/signals"]) {
    expect(asked.filter((each) => each.path === path).map(({ query }) => query)).toEqual([
      { radio_id: "R1", ...WITHIN },
    ]);
  }
  expect(asked.map(({ path }) => path)).not.toContain("/v1/units");
  expect(textOf("h1")).toBe("NA11radio R1");
  expect(document.querySelector(".unit-now")).toBeNull();
});

test("an officer asks for nothing that is no duty of theirs", async () => {
  await open("own", ANSWERS, "/units/R1?from=2026-06-01T02:00:00Z&to=2026-06-01T04:00:00Z");
  expect(textOf("main")).toContain("This is no duty of yours.");
  expect(asked.map(({ path }) => path)).toEqual(["/v1/duties"]);
});

test.each([
  ["own", "hs-1", []],
  ["own figures", "Market Place", ["/v1/hotspots"]],
])("an officer with %o is told of a hot spot as %s", async (scopes, name, read) => {
  await open(scopes);
  expect(textOf(".unit-visits tbody th")).toBe(`${name}on patrol`);
  expect(asked.map(({ path }) => path).filter((path) => path === "/v1/hotspots")).toEqual(read);
  expect(textOf(".unit-track")?.includes("as their boundaries are now")).toBe(read.length > 0);
});

test("what cannot be read says so, and can be tried again", async () => {
  const answers = { ...ANSWERS, "/v1/timesheets": { refused: 422, detail: "Ask for later." } };
  await open("view", answers);
  expect(textOf(".problem")).toContain("Ask for later.");
  answering(ANSWERS);
  await press(".problem button");
  expect(textOf(".totals")).not.toBeNull();
});
