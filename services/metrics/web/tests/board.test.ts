import { expect, test } from "vitest";
import { Board } from "../src/live/board";
import { aHealth, aHotSpot, aUnit, aVisit } from "./examples";

test("a reset replaces everything and names all that changed, gone things too", () => {
  const board = new Board();
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1" }) });
  board.apply({ type: "hotspot", data: aHotSpot({ hotspot_id: "old" }) });
  board.apply({ type: "visit", data: aVisit({ hotspot_id: "old" }) });
  board.takeChanges();

  board.apply({
    type: "reset",
    data: {
      units: [aUnit({ radio_id: "R2" })],
      hotspots: [aHotSpot({ hotspot_id: "new" })],
      visits: [aVisit({ visit_id: "v2", hotspot_id: "new" })],
      health: aHealth(),
    },
  });

  expect([...board.units.ids()]).toEqual(["R2"]);
  expect([...board.hotspots.ids()]).toEqual(["new"]);
  expect([...board.visitsByHotSpot().keys()]).toEqual(["new"]);
  const changes = board.takeChanges();
  expect([...changes.units].sort()).toEqual(["R1", "R2"]);
  expect([...changes.hotspots].sort()).toEqual(["new", "old"]);
});

test("changes are told once", () => {
  const board = new Board();
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1" }) });
  expect(board.takeChanges().units.size).toBe(1);
  expect(board.takeChanges().units.size).toBe(0);
});

test("an upsert puts the newer thing in the place of the older", () => {
  const board = new Board();
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1", lat: 51 }) });
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1", lat: 52 }) });
  expect(board.units.get("R1")?.lat).toBe(52);
  expect(board.units.size).toBe(1);
});

test("deleted units and hot spots are gone, and that is a change", () => {
  const board = new Board();
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1" }) });
  board.apply({ type: "hotspot", data: aHotSpot({ hotspot_id: "hs-1" }) });
  board.takeChanges();

  board.apply({ type: "unit", data: { radio_id: "R1", deleted: true } });
  board.apply({ type: "hotspot", data: { hotspot_id: "hs-1", deleted: true } });

  expect([board.units.size, board.hotspots.size]).toEqual([0, 0]);
  const changes = board.takeChanges();
  expect([[...changes.units], [...changes.hotspots]]).toEqual([["R1"], ["hs-1"]]);
});

test("visits are the open ones of the core, the longest first", () => {
  const board = new Board();
  const visits = [
    aVisit({ visit_id: "short", entered_at: "2026-06-01T12:10:00Z" }),
    aVisit({ visit_id: "long", entered_at: "2026-06-01T12:00:00Z" }),
    aVisit({ visit_id: "around", ring: "catchment" }),
    aVisit({ visit_id: "elsewhere", hotspot_id: "hs-2" }),
    aVisit({ visit_id: "ended" }),
    aVisit({ visit_id: "ended", state: "closed" }),
    aVisit({ visit_id: "final", settled: true }),
    aVisit({ visit_id: "undone" }),
    aVisit({ visit_id: "undone", state: "retracted" }),
  ];
  for (const data of visits) board.apply({ type: "visit", data });

  const ids = [...board.visitsByHotSpot()].map(([place, open]) => [
    place,
    open.map((visit) => visit.visit_id),
  ]);
  expect(ids).toEqual([
    ["hs-1", ["long", "short"]],
    ["hs-2", ["elsewhere"]],
  ]);
});

test("health says nothing about the town", () => {
  const board = new Board();
  board.apply({ type: "health", data: aHealth() });
  const { units, hotspots } = board.takeChanges();
  expect([units.size, hotspots.size]).toEqual([0, 0]);
});
