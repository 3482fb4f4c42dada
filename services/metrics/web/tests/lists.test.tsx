// @vitest-environment jsdom
import { signal } from "@preact/signals";
import { act } from "preact/test-utils";
import { beforeEach, expect, test } from "vitest";
import { Lists } from "../src/board/lists";
import type { Selection } from "../src/board/selection";
import type { Board } from "../src/live/board";
import { aCompliance, aHotSpot, aUnit, aVisit } from "./examples";
import { shown, watching } from "./showing";

const NOW = Date.parse("2026-06-01T12:00:30Z");
let watch = watching();
let board: Board;
let selection = signal<Selection>(null);

beforeEach(() => {
  watch = watching();
  watch.live.now.value = NOW;
  board = watch.live.board;
  selection = signal<Selection>(null);
});

function show(picked: Selection = null): void {
  selection.value = picked;
  shown(<Lists selection={selection} />, watch);
}

function texts(selector: string): (string | null)[] {
  return [...document.querySelectorAll(selector)].map((element) => element.textContent);
}

function text(selector: string): string | null | undefined {
  return document.querySelector(selector)?.textContent;
}

test("a hot spot shows who is there now and today's minutes with their range", () => {
  board.apply({
    type: "hotspot",
    data: aHotSpot({ units_present: 2, minutes_today: { low: 12.4, estimate: 14.4, high: 16.2 } }),
  });
  show();
  expect(text("#hotspot-rows .row-name")).toBe("Market Place");
  expect(text("#hotspot-rows .row-estimate")).toBe("14 min");
  expect(text("#hotspot-rows .row-range")).toBe("12–17");
  expect(text("#hotspot-rows .row-note")).toBe("2 units here now");
  expect(text("#hotspot-summary")).toBe("1 of 1 with a unit now");
  expect(text("#axis")).toBe("30 min");
  const bar = document.querySelector("#hotspot-rows .range-bar");
  expect([bar?.getAttribute("x"), bar?.getAttribute("width")]).toEqual(["41.33", "12.67"]);
});

test("a hot spot with a plan shows what was done of what is due, and what is next", () => {
  const open = {
    from: "2026-06-01T11:00:00Z",
    to: "2026-06-01T12:35:40Z",
    status: "open",
  } as const;
  board.apply({ type: "hotspot", data: aHotSpot() });
  board.apply({
    type: "compliance",
    data: aCompliance({
      status: "behind",
      planned_minutes: 36,
      patrol_minutes: { low: 12.4, estimate: 14.4, high: 16.2 },
      windows: [{ ...open, planned: 2, delivered: 1, uncertain: 0 }],
    }),
  });
  show();
  expect(text("#hotspot-rows .row-figure")).toBe("14 min12–17");
  expect(text("#hotspot-rows .row-planned")).toBe("of 36");
  expect(text("#hotspot-rows .row-day")).toBe("behind · 0 of 2 patrols");
  expect(text("#hotspot-rows .row-window")).toBe("12:00–13:35, 1 of 2 patrols, 35 min left");
  expect(document.querySelector("#hotspot-rows .glyph")?.classList.contains("behind")).toBe(true);
  expect(text("#axis")).toBe("60 min");
  expect(document.querySelector(".range-planned")?.getAttribute("x")).toBe("59.00");
});

test("the most urgent hot spot is first, but nothing moves under somebody's pointer", () => {
  for (const id of ["a", "b"]) {
    board.apply({ type: "hotspot", data: aHotSpot({ hotspot_id: id, name: id }) });
    board.apply({ type: "compliance", data: aCompliance({ hotspot_id: id }) });
  }
  const hear = (hotspot_id: string) =>
    act(() => {
      board.apply({ type: "compliance", data: aCompliance({ hotspot_id, status: "missed" }) });
      watch.live.beat.value += 1;
    });
  const move = (type: string) =>
    act(() => {
      document.querySelector("#hotspot-rows")?.dispatchEvent(new Event(type));
    });
  show();
  expect(texts("#hotspot-rows .row-name")).toEqual(["a", "b"]);
  expect(text(".caption > span")).toBe("Most urgent first");
  move("pointerenter");
  hear("b");
  expect(texts("#hotspot-rows .row-name")).toEqual(["a", "b"]);
  expect(text(".caption > span")).toBe("Order held while you are in it");
  move("pointerleave");
  expect(texts("#hotspot-rows .row-name")).toEqual(["b", "a"]);
});

test("rows lead to the pages of what they are of", () => {
  board.apply({ type: "hotspot", data: aHotSpot({ hotspot_id: "a/b" }) });
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1" }) });
  show();
  const links = [...document.querySelectorAll(".row-page")].map((link) =>
    link.getAttribute("href"),
  );
  expect(links).toEqual(["/hotspots/a%2Fb", "/units/R1"]);
});

test("without any minutes it says that no patrol was recorded, and draws no range", () => {
  board.apply({ type: "hotspot", data: aHotSpot() });
  show();
  expect(text("#hotspot-rows .row-estimate")).toBe("no patrol recorded");
  expect(text("#hotspot-rows .row-range")).toBe("");
  expect(text("#hotspot-rows .row-note")).toBe("no unit here now");
  expect(document.querySelector(".range-bar")).toBeNull();
});

test("a selected hot spot unfolds its open visits, by call sign where there is one", () => {
  board.apply({ type: "hotspot", data: aHotSpot() });
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1", call_sign: "NA11" }) });
  board.apply({ type: "visit", data: aVisit({ visit_id: "v1", radio_id: "R1" }) });
  board.apply({ type: "visit", data: aVisit({ visit_id: "v2", radio_id: "unheard" }) });
  show({ kind: "hotspot", id: "hs-1" });
  expect(texts(".visit-name")).toEqual(["NA11", "unheard"]);
  expect(text(".visit-since")).toBe("since 13:00");
  expect(text(".visit-length")).toBe("10 min 9–12 provisional");
  expect(document.querySelector("#hotspot-rows button")?.getAttribute("aria-expanded")).toBe(
    "true",
  );
  show();
  expect(document.querySelector(".visits")).toBeNull();
});

test.each([
  [aUnit({ hotspots: [] }), "outside all hot spots"],
  [aUnit({ hotspots: [{ hotspot_id: "hs-1", ring: "catchment" }] }), "near Market Place"],
  [
    aUnit({
      hotspots: [
        { hotspot_id: "gone", ring: "catchment" },
        { hotspot_id: "hs-1", ring: "core" },
      ],
    }),
    "in Market Place",
  ],
  [aUnit({ hotspots: [{ hotspot_id: "gone", ring: "core" }] }), "in gone"],
  [aUnit({ lat: null, lon: null }), "no position yet"],
  [
    aUnit({ state: "lost", hotspots: [{ hotspot_id: "hs-1", ring: "core" }] }),
    "last in Market Place",
  ],
  [aUnit({ state: "no_position" }), "last outside all hot spots"],
])("a unit's whereabouts are in words (%#)", (unit, words) => {
  board.apply({ type: "hotspot", data: aHotSpot() });
  board.apply({ type: "unit", data: unit });
  show();
  expect(text("#unit-rows .row-note")).toBe(words);
});

test.each([
  ["lost", "not heard", "0 reporting, 1 quiet"],
  ["no_position", "no position", "1 reporting"],
  ["off_duty", "off duty", "0 reporting, 1 quiet"],
] as const)("a unit that is %s says so in words", (state, words, summary) => {
  board.apply({ type: "unit", data: aUnit({ state }) });
  show();
  expect(text("#unit-rows .row-state")).toBe(words);
  expect(text("#unit-summary")).toBe(summary);
});

test("a unit shows its state, its accuracy and when it was heard", () => {
  board.apply({ type: "unit", data: aUnit({ radio_id: "R2", accuracy_m: null }) });
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1", state: "quiet", accuracy_m: 12.4 }) });
  show({ kind: "unit", id: "R1" });
  expect(texts("#unit-rows .row-state")).toEqual(["quiet", "reporting"]);
  expect(texts("#unit-rows .row-fix")).toEqual(["±12 m · 30 s ago", "30 s ago"]);
  expect(text("#unit-summary")).toBe("1 reporting, 1 quiet");
  const pressed = [...document.querySelectorAll("#unit-rows button")].map((button) =>
    button.getAttribute("aria-pressed"),
  );
  expect(pressed).toEqual(["true", "false"]);
});

test.each([
  [aUnit({ observed_interval_s: 5 }), "reports every 5 s, set: 60 s"],
  [aUnit({ observed_interval_s: 91 }), "reports every 91 s, set: 60 s"],
  [aUnit({ observed_interval_s: 90 }), ""],
  [aUnit({ observed_interval_s: 30 }), ""],
  [aUnit({ observed_interval_s: null }), ""],
  [aUnit({ set_aside: { vague: 2, duplicate: 10 } }), "12 pings set aside: 10 duplicate, 2 vague"],
  [aUnit({ set_aside: { zero_zero: 1, late: 0 } }), "1 ping set aside: 1 zero zero"],
])("a unit's row remarks on its interval and its unused fixes (%#)", (unit, words) => {
  board.apply({ type: "unit", data: unit });
  show();
  expect(text("#unit-rows .row-remark") ?? "").toBe(words);
});

test("the search finds by any part of a name, in both lists, and says when nothing is found", () => {
  for (const name of ["Market Place", "Bridge Street"]) {
    board.apply({ type: "hotspot", data: aHotSpot({ hotspot_id: name, name }) });
  }
  board.apply({ type: "unit", data: aUnit({ call_sign: "NA11" }) });
  show();
  const search = document.querySelector<HTMLInputElement>("#search");
  if (search === null) throw new Error("no search box");
  act(() => {
    search.value = " MARK ";
    search.dispatchEvent(new Event("input"));
  });
  expect(texts("#hotspot-rows .row-name")).toEqual(["Market Place"]);
  expect(texts("#unit-rows .row-name")).toEqual([]);
  expect(text("#unit-note")).toBe("Nothing by that name.");
  expect(text("#hotspot-summary")).toBe("0 of 2 with a unit now");
});

test("empty lists say what will fill them", () => {
  show();
  expect(text("#hotspot-note")).toBe("No hot spots yet. Draw one with PUT /v1/hotspots.");
  expect(text("#unit-note")).toBe("No radio has been heard yet.");
  expect(text("#hotspot-summary")).toBe("");
});

test("a long list is cut, and says by how much", () => {
  for (let i = 0; i < 230; i++) board.apply({ type: "unit", data: aUnit({ radio_id: `R${i}` }) });
  show();
  expect(document.querySelectorAll("#unit-rows li")).toHaveLength(200);
  expect(text("#unit-note")).toBe("and 30 more: type a name to find one");
  expect(text("#unit-summary")).toBe("230 reporting");
});

test("pressing a row picks it, and pressing it again lets go", () => {
  board.apply({ type: "hotspot", data: aHotSpot() });
  board.apply({ type: "unit", data: aUnit() });
  show();
  const picks = [...document.querySelectorAll<HTMLElement>("li button")].map((button) => {
    act(() => button.click());
    return selection.value;
  });
  expect(picks).toEqual([
    { kind: "hotspot", id: "hs-1" },
    { kind: "unit", id: "R1" },
  ]);
  act(() => document.querySelector<HTMLElement>("#unit-rows button")?.click());
  expect(selection.value).toBeNull();
});

test("names are text, whatever they hold", () => {
  board.apply({ type: "hotspot", data: aHotSpot({ name: "<img src=x onerror=alert(1)>" }) });
  show();
  expect(document.querySelector("#hotspot-rows img")).toBeNull();
  expect(text("#hotspot-rows .row-name")).toBe("<img src=x onerror=alert(1)>");
});
