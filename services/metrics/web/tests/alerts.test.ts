import { expect, test } from "vitest";
import { sorted } from "../src/alerts/order";
import { placeOf } from "../src/alerts/place";
import { sinceOf, whatOf, whereOf } from "../src/alerts/words";
import { LocalTimes } from "../src/format";
import { Board } from "../src/live/board";
import type { Alert } from "../src/model";
import { aHotSpot, anAlert, aUnit } from "./examples";

const LONDON = new LocalTimes("Europe/London");
const NOW = Date.parse("2026-06-01T12:00:30Z");
const OF_NOBODY = { radio_id: null, call_sign: null };

test("the gravest are first, of one kind the newest; acknowledged ones apart, the last word first", () => {
  const said = (at: string) => ({ by: "desk", at, text: "" });
  const alerts: Alert[] = [
    anAlert({ alert_id: "no_patrol", kind: "no_patrol" }),
    anAlert({ alert_id: "missed", kind: "missed" }),
    anAlert({ alert_id: "lost, older", since: "2026-06-01T11:00:00Z" }),
    anAlert({ alert_id: "lost, newer", since: "2026-06-01T11:30:00Z" }),
    anAlert({ alert_id: "outage", kind: "outage", since: "2026-06-01T01:00:00Z" }),
    anAlert({ alert_id: "seen", kind: "outage", acknowledged: said("2026-06-01T11:00:00Z") }),
    anAlert({ alert_id: "just seen", acknowledged: said("2026-06-01T11:30:00Z") }),
  ];
  const { open, acknowledged } = sorted(alerts);
  expect(open.map((each) => each.alert_id)).toEqual([
    "outage",
    "lost, newer",
    "lost, older",
    "missed",
    "no_patrol",
  ]);
  expect(acknowledged.map((each) => each.alert_id)).toEqual(["just seen", "seen"]);
});

test.each<[Partial<Alert>, string, string]>([
  [{ name: "Market Place" }, "NA11 is not heard", "Last in Market Place"],
  [{ call_sign: null }, "R1 is not heard", "Last outside all hot spots"],
  [{ silence: "no_position" }, "NA11 shows no position", "Last outside all hot spots"],
  [{ silence: "frozen" }, "NA11 repeats an old position", "Last outside all hot spots"],
  [
    { kind: "outage", cause: "source", ...OF_NOBODY },
    "airwave: nothing heard",
    "All its radios. No officer's fault.",
  ],
  [
    { kind: "outage", cause: "source", silence: "no_position", reason: "ahead", ...OF_NOBODY },
    "airwave: positions not usable",
    "All its radios. No officer's fault.",
  ],
  [
    { kind: "outage", cause: "pipeline", source: null, ...OF_NOBODY },
    "stepsix receives nothing",
    "Whole service. No officer's fault.",
  ],
  [
    { kind: "outage", cause: "area", radios: ["R1", "R2", "R3", "R4", "R5", "R6"], ...OF_NOBODY },
    "6 radios lost at one place",
    "R1, R2, R3, R4 and 2 more",
  ],
  [
    {
      kind: "missed",
      hotspot_id: "hs-1",
      name: "Market Place",
      window_from: "2026-06-01T19:00:00Z",
      window_to: "2026-06-01T21:00:00Z",
      planned: 2,
      delivered: 1,
    },
    "Window missed: 1 of 2 patrols",
    "Market Place, 20:00–22:00",
  ],
  [
    { kind: "no_patrol", hotspot_id: "hs-1", name: "Market Place", days: 4 },
    "4 days without a patrol",
    "Market Place",
  ],
  [{ kind: "no_patrol", hotspot_id: "hs-1", days: null }, "No patrol known", "hs-1"],
])("an alert says what and where in plain words (%#)", (differing, what, where) => {
  const alert = anAlert(differing);
  expect([whatOf(alert), whereOf(alert, LONDON)]).toEqual([what, where]);
});

test.each([
  ["2026-06-01T11:55:00Z", "since 12:55, 5 min"],
  ["2026-05-30T11:55:00Z", "since Sat 30 May, 2 d"],
])("an alert since %s is %s", (since, words) => {
  expect(sinceOf(anAlert({ since }), LONDON, NOW)).toBe(words);
});

test.each<[string, Partial<Alert>, ReturnType<typeof placeOf>]>([
  ["a unit where it was last", { hotspot_id: "hs-1" }, { kind: "unit", id: "R1" }],
  ["a hot spot", { ...OF_NOBODY, hotspot_id: "hs-1" }, { kind: "hotspot", id: "hs-1" }],
  [
    "the hot spot of a unit that never showed a place",
    { radio_id: "nowhere", hotspot_id: "hs-1" },
    { kind: "hotspot", id: "hs-1" },
  ],
  [
    "the first of an area's radios that was somewhere",
    { ...OF_NOBODY, radios: ["unheard", "nowhere", "R1"] },
    { kind: "unit", id: "R1" },
  ],
  ["nothing that is known", { radio_id: "unheard", hotspot_id: "gone" }, null],
  ["no place at all", OF_NOBODY, null],
])("an alert leads to %s", (_, differing, place) => {
  const board = new Board();
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1" }) });
  board.apply({ type: "unit", data: aUnit({ radio_id: "nowhere", lat: null, lon: null }) });
  board.apply({ type: "hotspot", data: aHotSpot() });
  expect(placeOf(anAlert(differing), board)).toEqual(place);
});
