// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { Banner } from "../src/banner";
import { make } from "../src/dom";
import { LocalTimes } from "../src/format";

const AT = Date.parse("2026-06-01T12:00:00Z");
let banner: Banner;

beforeEach(() => {
  const parts = ["banner", "banner-alert", "banner-more", "simulated", "connection"].map((id) => {
    const element = make("p", "");
    element.id = id;
    return element;
  });
  document.body.replaceChildren(...parts);
  banner = new Banner(new LocalTimes("Europe/London"));
});

const words = (id: string) => document.getElementById(id)?.textContent;

test("a silent stream is told with since when, and the data looks old", () => {
  banner.show({ kind: "silent", since: AT });
  expect(document.getElementById("banner")?.hidden).toBe(false);
  expect(words("banner-alert")).toBe(
    "Nothing heard from the service since 13:00:00. What you see is old.",
  );
  expect(words("connection")).toBe("No connection");
  expect(document.body.classList.contains("old")).toBe(true);
});

test.each([
  [AT, "why", "Figures are as of 13:00:00. Cause: why. Pings are kept and will be counted."],
  [null, null, "Pings are kept and will be counted."],
])("a pipeline behind is told with how far it came and why (%#)", (since, reason, more) => {
  banner.show({ kind: "behind", since, reason });
  expect(words("banner-alert")).toBe("The service is behind. What you see is old.");
  expect(words("banner-more")).toBe(more);
  expect(words("connection")).toBe("Behind");
});

test.each([
  ["live" as const, "Live"],
  ["connecting" as const, "Connecting"],
])("when %s the banner is away and nothing looks old", (kind, connection) => {
  banner.show({ kind: "silent", since: AT });
  banner.show({ kind });
  expect(document.getElementById("banner")?.hidden).toBe(true);
  expect(words("banner-alert")).toBe("");
  expect(words("connection")).toBe(connection);
  expect(document.body.classList.contains("old")).toBe(false);
});

test("made-up data is told for as long as the service says so", () => {
  const told = () => document.getElementById("simulated")?.hidden === false;
  banner.showSimulated(true);
  banner.show({ kind: "silent", since: AT });
  expect(told()).toBe(true);
  banner.showSimulated(false);
  expect(told()).toBe(false);
});
