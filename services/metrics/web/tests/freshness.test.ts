import { expect, test } from "vitest";
import { isOld, judge, SILENT_AFTER_MS } from "../src/live/freshness";
import { aHealth } from "./examples";

const NOW = Date.parse("2026-06-01T12:00:10Z");

test.each([
  ["nothing heard yet, just started", NOW - 1000, null, { kind: "connecting" }, false],
  ["heard just now", NOW, aHealth(), { kind: "live" }, false],
  ["at the limit", NOW - SILENT_AFTER_MS, aHealth(), { kind: "live" }, false],
  [
    "silent for longer than the limit",
    NOW - SILENT_AFTER_MS - 1,
    aHealth(),
    { kind: "silent", since: NOW - SILENT_AFTER_MS - 1 },
    true,
  ],
  ["never heard at all", NOW - 9000, null, { kind: "silent", since: NOW - 9000 }, true],
  [
    "the pipeline is behind",
    NOW,
    aHealth({ stale: true, engine_time: "2026-06-01T11:59:00Z", reason: "why" }),
    { kind: "behind", since: Date.parse("2026-06-01T11:59:00Z"), reason: "why" },
    true,
  ],
  [
    "the pipeline never said how far it is",
    NOW,
    aHealth({ stale: true, engine_time: null }),
    { kind: "behind", since: null, reason: null },
    true,
  ],
  [
    "silence matters more than what was said before it",
    NOW - 20_000,
    aHealth({ stale: true }),
    { kind: "silent", since: NOW - 20_000 },
    true,
  ],
])("%s", (_, heardAt, health, freshness, old) => {
  const judged = judge(NOW, heardAt, health);
  expect(judged).toEqual(freshness);
  expect(isOld(judged)).toBe(old);
});
