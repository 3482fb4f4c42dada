// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { Frame } from "../src/frame";
import type { Freshness } from "../src/live/freshness";
import { shown, watching } from "./showing";

const AT = Date.parse("2026-06-01T12:00:00Z");
let watch = watching();

beforeEach(() => {
  watch = watching("view");
});

function show(freshness: Freshness): void {
  watch.live.freshness.value = freshness;
  shown(<Frame>{null}</Frame>, watch);
}

const words = (id: string) => document.getElementById(id)?.textContent;
const looksOld = () => document.querySelector(".page")?.classList.contains("old");

test("a silent stream is told with since when, and the data looks old", () => {
  show({ kind: "silent", since: AT });
  expect(document.getElementById("banner")?.hidden).toBe(false);
  expect(words("banner-alert")).toBe(
    "Nothing heard from the service since 13:00:00. What you see is old.",
  );
  expect(words("connection")).toBe("No connection");
  expect(looksOld()).toBe(true);
});

test.each([
  [AT, "why", "Figures are as of 13:00:00. Cause: why. Pings are kept and will be counted."],
  [null, null, "Pings are kept and will be counted."],
])("a pipeline behind is told with how far it came and why (%#)", (since, reason, more) => {
  show({ kind: "behind", since, reason });
  expect(words("banner-alert")).toBe("The service is behind. What you see is old.");
  expect(words("banner-more")).toBe(more);
  expect(words("connection")).toBe("Behind");
  expect(looksOld()).toBe(true);
});

test.each([
  ["live" as const, "Live"],
  ["connecting" as const, "Connecting"],
])("when %s the banner is away and nothing looks old", (kind, connection) => {
  show({ kind: "silent", since: AT });
  show({ kind });
  expect(document.getElementById("banner")?.hidden).toBe(true);
  expect(words("banner-alert")).toBe("");
  expect(words("connection")).toBe(connection);
  expect(looksOld()).toBe(false);
});

test("made-up data is told for as long as the service says so", () => {
  const told = () => document.getElementById("simulated") !== null;
  watch.live.simulated.value = true;
  show({ kind: "silent", since: AT });
  expect(told()).toBe(true);
  watch.live.simulated.value = false;
  show({ kind: "silent", since: AT });
  expect(told()).toBe(false);
});

test("officers are told nothing live: they see the time, and no sign of a connection", () => {
  watch = watching("own");
  show({ kind: "connecting" });
  expect(words("connection")).toBeUndefined();
  expect(words("clock")).toMatch(/^\d\d:\d\d:\d\d$/);
  expect(document.querySelector("footer")?.textContent).toMatch(/^Not a safety alarm/);
});
