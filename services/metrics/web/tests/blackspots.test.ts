import { expect, test } from "vitest";
import { eachOnce } from "../src/edit/blackspots";
import { aPlace } from "./places";

const NOW = Date.parse("2026-06-01T12:00:00Z");
const before = { effective_from: "2026-05-01T00:00:00Z" };
const after = { effective_from: "2026-07-01T00:00:00Z" };
const place = (id: string, name: string, from: object) => ({ ...aPlace({ name, ...from }), id });

test("each blackspot is named once, as it is now, or as it will be where it is not yet", () => {
  const held = [
    place("b", "Underpass", before),
    place("b", "Underpass north", after),
    place("a", "Tunnel", after),
  ];
  expect(eachOnce(held, NOW)).toEqual([
    { id: "a", name: "Tunnel", from: after.effective_from },
    { id: "b", name: "Underpass" },
  ]);
});
