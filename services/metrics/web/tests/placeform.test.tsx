// @vitest-environment jsdom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refusal } from "../src/api";
import { draftOf, EMPTY } from "../src/edit/draft";
import { Editing } from "../src/edit/editing";
import { PlaceForm } from "../src/edit/form";
import { squareAround } from "../src/edit/metres";
import type { HeldPlace, TriedPlace } from "../src/model";
import type { Trial } from "../src/trial";
import { aHotSpot } from "./examples";
import { buttonOf, network, passed, press, refusal, write } from "./network";
import { aPlace, aTrial } from "./places";
import { shown, watching } from "./showing";

const NOTHING: Trial<TriedPlace> = { is: "nothing", last: null };
let watch = watching("supervise");
let editing = new Editing(null, EMPTY);
let saved: HeldPlace[] = [];
let deleted: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  watch = watching("supervise");
  editing = new Editing(null, EMPTY);
  saved = [];
  deleted = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(trial: Trial<TriedPlace> = NOTHING): void {
  shown(
    <PlaceForm
      editing={editing}
      trial={trial}
      isBlackspot={(id) => id === "tunnel"}
      middle={() => [1.15, 52.05]}
      onSaved={(held) => saved.push(held)}
      onDeleted={(name) => deleted.push(name)}
    />,
    watch,
  );
}

function open(held = aPlace()): void {
  editing = new Editing(held, draftOf(held, Date.now(), "Europe/London"));
}

const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const words = (selector: string) =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
const key = (element: Element, name: string, shiftKey = false) =>
  act(() => {
    element.dispatchEvent(new KeyboardEvent("keydown", { key: name, shiftKey, bubbles: true }));
  });

test("a hot spot can be drawn and put by keyboard alone", async () => {
  const asked = network(() => Response.json(aPlace(), { status: 201 }));
  show();
  press("Start with a square");
  write(field("place-name"), "St Mary's Yard");
  write(field("place-catchment"), "80");
  press("Save");
  await passed(0);
  expect(asked).toEqual([
    {
      method: "PUT",
      path: "/v1/hotspots/st-marys-yard",
      body: {
        type: "Feature",
        geometry: {
          type: "Polygon",
          coordinates: [[...squareAround([1.15, 52.05], 150), squareAround([1.15, 52.05], 150)[0]]],
        },
        properties: { name: "St Mary's Yard", type: "hotspot", catchment_m: 80, excludes: [] },
      },
    },
  ]);
  expect(saved).toHaveLength(1);
});

test("arrow keys on a corner's number move it, and Delete removes it", () => {
  open();
  show();
  const latitude = () => Number(document.querySelector<HTMLInputElement>(".corners input")?.value);
  const before = latitude();
  key(buttonOf("Corner 1"), "ArrowUp");
  const metre = latitude() - before;
  key(buttonOf("Corner 1"), "ArrowUp", true);
  expect(metre * 111_270).toBeCloseTo(1, 0);
  expect((latitude() - before) / metre).toBeCloseTo(11, 0);
  expect(words(".spoken[aria-live]")).toEqual(["Corner 1: 52.050099, 1.150000"]);
  key(buttonOf("Corner 1"), "Delete");
  expect(words(".corner-handle")).toEqual(["1", "2", "3"]);
  expect(buttonOf("Remove corner 1").disabled).toBe(true);
  press("Undo");
  press("Undo");
  expect(latitude()).toBe(before);
  press("Redo");
  expect(latitude()).toBeGreaterThan(before);
});

test("a place is written in degrees; what is none on earth is not taken", () => {
  open();
  show();
  const [latitude = null] = document.querySelectorAll(".corners input");
  write(latitude, "52.0505", "change");
  expect(editing.shape[0]?.rings[0]?.[0]).toEqual([1.15, 52.0505]);
  write(latitude, "91", "change");
  expect((latitude as HTMLInputElement).value).toBe("52.050500");
});

test("the id follows the name until another is written, and keeps clear of those there are", () => {
  watch.live.board.apply({ type: "hotspot", data: aHotSpot({ hotspot_id: "market" }) });
  show();
  write(field("place-name"), "Market");
  expect(field("place-id").value).toBe("market-2");
  write(field("place-id"), "m.1");
  write(field("place-name"), "Market Place");
  expect(field("place-id").value).toBe("m.1");
  write(field("place-id"), "market");
  expect(words("#place-id-fault")).toEqual(["Another has this id."]);
  write(field("place-id"), "tunnel");
  expect(words("#place-id-fault")).toEqual(["Another has this id."]);
});

test("nothing is put while something is missing, and what is is told at its field", async () => {
  const asked = network(() => Response.json({}));
  show();
  expect(words(".fault")).toEqual([]);
  press("Save");
  await passed(0);
  expect(asked).toEqual([]);
  expect(words(".fault")).toEqual([
    "Draw an area: it needs three corners or more.",
    "Give it a name.",
    "1 to 64 of the letters A-Z, a-z, digits and . _ : -",
  ]);
  expect(words(".saving .state")).toEqual(["3 things to put right."]);
});

test("a refusal is told, and what was written stays", async () => {
  network(() => refusal({ field: "properties.name", message: "name: too odd" }));
  open();
  show();
  write(field("place-name"), "Market !");
  press("Save");
  await passed(0);
  expect(words(".refused li")).toEqual(["name: too odd"]);
  expect(field("place-name").value).toBe("Market !");
  expect(saved).toEqual([]);
  write(field("place-name"), "Market");
  expect(words(".refused")).toEqual([]);
});

test("where the service cannot be reached it says so, and what was written stays", async () => {
  network(() => {
    throw new TypeError("away");
  });
  open();
  show();
  write(field("place-name"), "Market");
  press("Save");
  await passed(0);
  expect(words(".refused li")).toEqual([
    "No answer came from the service. All you wrote is still here: try again.",
  ]);
  expect(field("place-name").value).toBe("Market");
});

test("what the trial refuses stands beside its field", () => {
  open();
  const errors = [
    { field: "geometry.Polygon.coordinates", message: "lines cross" },
    { field: "properties.catchment_m", message: "at most 2000" },
  ];
  show({ is: "refused", last: null, refusal: new Refusal(422, { errors }) });
  expect(words(".fault")).toEqual(["lines cross", "at most 2000"]);
  expect(field("place-catchment").getAttribute("aria-invalid")).toBe("true");
  expect(field("place-catchment").getAttribute("aria-describedby")).toContain(
    "place-catchment-fault",
  );
});

test("what it would cover is told, with what others share and whether it is large", () => {
  open();
  const last = aTrial({
    area_m2: 30_240.3,
    catchment_area_m2: 133_379.8,
    perimeter_m: 716.9,
    overlaps: [
      { hotspot_id: "s", name: "Station", ring: "core", area_m2: 3024, share: 0.1 },
      { hotspot_id: "s", name: "Station", ring: "catchment", area_m2: 9000, share: 0.0674 },
    ],
  });
  show({ is: "told", last });
  expect(words(".covers dd")).toEqual(["30,240 m² 3.02 ha", "133,380 m² 13.3 ha", "717 m"]);
  expect(words(".covers .hint")).toEqual([
    "Larger than a hot spot usually is: about 150 m across, 2.25 ha.",
  ]);
  expect(words(".overlaps li")).toEqual([
    "Station: 10 % of this hot spot lies in it too, 3,024 m². Time there counts for both.",
    "Station: the rings overlap by 9,000 m², 7 % of this one's.",
  ]);
  expect(words(".saving .state")).toEqual(["Checked: nothing is wrong."]);
});

test("a blackspot is not compared with hot spots", () => {
  open(aPlace({ type: "blackspot" }));
  show({ is: "told", last: aTrial({ area_m2: 90_000 }) });
  expect(words(".covers .hint, .covers .help, .overlaps")).toEqual([]);
});

test.each([
  [3, false],
  [4, true],
])("a change by somebody else is told (version %d: %s)", (version, told) => {
  watch.live.board.apply({ type: "hotspot", data: aHotSpot({ version }) });
  open();
  show();
  expect(document.querySelector(".hint[role=alert]") !== null).toBe(told);
});

test("it is deleted only after asking", async () => {
  const asked = network(() => Response.json({ version: 5 }));
  open();
  show();
  press("Delete");
  expect(document.activeElement?.textContent).toBe("Keep it");
  press("Keep it");
  press("Delete");
  press("Delete it now");
  await passed(0);
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "DELETE /v1/hotspots/hs-1",
  ]);
  expect(deleted).toEqual(["Market Place"]);
});

test("a time that is past says what that means", () => {
  watch.live.now.value = Date.parse("2026-06-01T12:00:00Z");
  open();
  show();
  const other = document.querySelectorAll<HTMLInputElement>("#place-from input")[1];
  act(() => other?.click());
  const time = document.querySelector<HTMLInputElement>("#place-from input[type=datetime-local]");
  expect(time?.value).toBe("2026-06-01T13:00");
  expect(words("#place-from-help")).toEqual([]);
  write(time, "2026-06-01T12:59");
  expect(words("#place-from-help")).toEqual([
    "This time is past: provisional figures since then can change.",
  ]);
});
