// @vitest-environment jsdom
import { signal } from "@preact/signals";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AlertRail } from "../src/alerts/rail";
import type { Selection } from "../src/board/selection";
import type { Alert } from "../src/model";
import { anAlert, aUnit } from "./examples";
import { shown, watching } from "./showing";

const ACKNOWLEDGED = { by: "desk", at: "2026-06-01T12:01:00Z", text: "Called the station." };
let watch = watching();
let selection = signal<Selection>(null);

beforeEach(() => {
  watch = watching();
  watch.live.now.value = Date.parse("2026-06-01T12:00:30Z");
  watch.live.freshness.value = { kind: "live" };
  selection = signal<Selection>(null);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function show(...alerts: Alert[]): void {
  for (const data of alerts) watch.live.board.apply({ type: "alert", data });
  shown(<AlertRail selection={selection} />, watch);
}

function hear(alert: Alert): void {
  act(() => {
    watch.live.board.apply({ type: "alert", data: alert });
    watch.live.beat.value += 1;
  });
}

const texts = (selector: string) =>
  [...document.querySelectorAll(selector)].map((element) => element.textContent);

function press(selector: string): void {
  act(() => document.querySelector<HTMLElement>(selector)?.click());
}

/** What the service would answer to the next requests; returns what was asked of it. */
function answering(...answers: Response[]): { path: string; body: unknown }[] {
  const asked: { path: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (path: string, { body }: { body: string }) => {
    asked.push({ path, body: JSON.parse(body) });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError("Failed to fetch");
    return answer;
  });
  return asked;
}

function acknowledge(note: string): void {
  press(".acknowledge");
  const input = document.querySelector<HTMLInputElement>(".acknowledging input");
  if (input === null) throw new Error("no form");
  act(() => {
    input.value = note;
    input.dispatchEvent(new Event("input"));
  });
  submit();
}

function submit(): void {
  act(() => {
    document.querySelector("form")?.dispatchEvent(new SubmitEvent("submit"));
  });
}

/** Until the page shows it. */
function said(selector: string, words: string): Promise<void> {
  return vi.waitFor(() => expect(texts(selector)).toEqual([words]));
}

test("an open alert says what, where and since when, and that this is no safety alarm", () => {
  show(anAlert());
  expect(texts("#alert-rows .alert-words > *")).toEqual([
    "NA11 is not heard",
    "Last outside all hot spots",
    "since 12:55, 5 min",
  ]);
  expect(texts(".alerts h2 small")).toEqual(["1 open"]);
  expect(texts(".not-an-alarm")[0]).toContain("Not a safety alarm");
});

test("without alerts it says that nothing needs looking at", () => {
  show();
  expect(texts(".alerts .note")).toEqual(["Nothing needs looking at."]);
});

test("pressing an alert picks its place, again and again; one without a place is no button", () => {
  watch.live.board.apply({ type: "unit", data: aUnit() });
  show(anAlert(), anAlert({ alert_id: "elsewhere", radio_id: "unheard" }));
  expect(document.querySelectorAll("button.alert-words")).toHaveLength(1);
  press("button.alert-words");
  press("button.alert-words");
  expect(selection.value).toEqual({ kind: "unit", id: "R1" });
});

test.each([
  [
    anAlert(),
    " On the phone ",
    { thread_id: "lost/e1", about: { episode_id: "e1" }, text: "On the phone" },
  ],
  [
    anAlert({ alert_id: "missed/hs-1", kind: "missed", episode_id: null, hotspot_id: "hs-1" }),
    "",
    { thread_id: "missed/hs-1", about: { hotspot_id: "hs-1" } },
  ],
])("acknowledging is posted with its note, if any (%#)", async (alert, note, posted) => {
  const asked = answering(Response.json({ accepted: 1, rejected: [] }, { status: 202 }));
  show(alert);
  acknowledge(note);
  expect(asked).toEqual([{ path: "/v1/feedback", body: { kind: "acknowledge", ...posted } }]);
  await said("#alert-rows p.acknowledge", "Sent");
  expect(document.activeElement?.id).toBe("alerts-title");
});

test("a refusal says why and keeps the note; without an answer it says so", async () => {
  const problem = { title: "Forbidden", detail: "This needs the scope view." };
  answering(Response.json(problem, { status: 403 }));
  show(anAlert());
  acknowledge("On the phone");
  await said(".problem", "Not acknowledged: This needs the scope view.");
  expect(document.querySelector<HTMLInputElement>("form input")?.value).toBe("On the phone");
  submit();
  await said(".problem", "Not acknowledged: the service cannot be reached. Try again.");
});

test("leaving the form leads back to its button", () => {
  show(anAlert());
  press(".acknowledge");
  press(".acknowledging button[type=button]");
  expect(document.querySelector("form")).toBeNull();
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Acknowledge: NA11 is not heard");
});

test("what the stream says was acknowledged, by whoever, moves to the quiet part", () => {
  show(anAlert(), anAlert({ alert_id: "other" }));
  hear(anAlert({ acknowledged: ACKNOWLEDGED }));
  expect(texts("#alert-rows .alert-what")).toHaveLength(1);
  expect(texts(".alerts h3")).toEqual(["Acknowledged (1)"]);
  expect(texts("#acknowledged-rows .alert-by > *")).toEqual(["desk, 13:01", "Called the station."]);
  expect(document.querySelector("#acknowledged-rows .acknowledge")).toBeNull();
});

test("only alerts that come while somebody looks are read out, once, and the focus stays", () => {
  show(anAlert());
  press(".acknowledge");
  const focused = document.activeElement;
  expect(texts("#alert-news")).toEqual([""]);
  hear(anAlert({ alert_id: "new", call_sign: "NA12" }));
  expect(texts("#alert-news")).toEqual([
    "New alert: NA12 is not heard. Last outside all hot spots",
  ]);
  expect(document.activeElement).toBe(focused);
  act(() => {
    for (const id of ["lost", "outage"] as const) {
      const data = anAlert({ alert_id: `more ${id}`, kind: id, cause: "pipeline" });
      watch.live.board.apply({ type: "alert", data });
    }
    watch.live.beat.value += 1;
  });
  expect(texts("#alert-news")[0]).toContain("2 new alerts, the gravest: stepsix receives nothing");
  hear(anAlert({ alert_id: "new", acknowledged: ACKNOWLEDGED }));
  hear(anAlert({ alert_id: "new" }));
  expect(texts("#alert-news")[0]).toContain("2 new alerts");
});
