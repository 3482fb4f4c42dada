import { expect, test } from "vitest";
import { Board } from "../src/live/board";
import {
  aCompliance,
  aHealth,
  aHotSpot,
  anAlert,
  aReset,
  aSignal,
  aUnit,
  aVisit,
} from "./examples";

test("a reset replaces everything and names all that changed, gone things too", () => {
  const board = new Board();
  board.apply({ type: "unit", data: aUnit({ radio_id: "R1" }) });
  board.apply({ type: "hotspot", data: aHotSpot({ hotspot_id: "old" }) });
  board.apply({ type: "visit", data: aVisit({ hotspot_id: "old" }) });
  board.takeChanges();

  board.apply({
    type: "reset",
    data: aReset({
      units: [aUnit({ radio_id: "R2" })],
      hotspots: [aHotSpot({ hotspot_id: "new" })],
      visits: [aVisit({ visit_id: "v2", hotspot_id: "new" })],
    }),
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

test("an episode is there until it ends or is taken back", () => {
  const board = new Board();
  board.apply({
    type: "reset",
    data: aReset({ signals: [aSignal(), aSignal({ episode_id: "e2" })] }),
  });
  board.apply({ type: "signal", data: aSignal({ ended_at: "2026-06-01T12:00:00Z" }) });
  expect([...board.signals.keys()]).toEqual(["e2"]);
  board.apply({ type: "signal", data: { episode_id: "e2", deleted: true } });
  expect(board.signals.size).toBe(0);
});

test("an alert is there until it is taken back, as it was told last", () => {
  const board = new Board();
  board.apply({ type: "reset", data: aReset({ alerts: [anAlert()] }) });
  const acknowledged = { by: "desk", at: "2026-06-01T12:00:00Z", text: "" };
  board.apply({ type: "alert", data: anAlert({ acknowledged }) });
  expect([...board.alerts.values()]).toEqual([anAlert({ acknowledged })]);
  board.apply({ type: "alert", data: { alert_id: "lost/e1", deleted: true } });
  expect(board.alerts.size).toBe(0);
});

test("how a hot spot's day stands is a change of the hot spot, and goes with it", () => {
  const board = new Board();
  board.apply({ type: "hotspot", data: aHotSpot() });
  board.takeChanges();
  board.apply({ type: "compliance", data: aCompliance({ status: "behind" }) });
  expect([...board.takeChanges().hotspots]).toEqual(["hs-1"]);
  expect(board.compliance.get("hs-1")?.status).toBe("behind");
  board.apply({ type: "hotspot", data: { hotspot_id: "hs-1", deleted: true } });
  expect(board.compliance.size).toBe(0);
});
