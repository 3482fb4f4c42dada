import { expect, test } from "vitest";
import type { Draft } from "../src/edit/draft";
import { draftOf, EMPTY, faultsOf, faultsSaid, featureOf, trialOf } from "../src/edit/draft";
import { squareAround } from "../src/edit/metres";
import type { Shape } from "../src/edit/shape";
import { shapeOf } from "../src/edit/shape";
import { aPlace } from "./places";

const LONDON = "Europe/London";
const NOW = Date.parse("2026-06-01T12:00:00Z");
const SHAPE: Shape = [{ excluded: false, rings: [squareAround([-1.9, 52.48], 150)] }];
const GOOD: Draft = { ...EMPTY, id: "market", name: " Market " };
const free = () => false;

test("what is in force is told again as it is, from now on", () => {
  const { geometry, properties } = aPlace();
  const { excludes } = properties;
  const draft = draftOf(aPlace(), NOW, LONDON);
  expect(featureOf(draft, shapeOf(geometry, excludes), LONDON)).toEqual({
    type: "Feature",
    geometry,
    properties: { name: "Market Place", type: "hotspot", catchment_m: 100, excludes },
  });
});

test("what is to come stays so unless another time is given", () => {
  const from = "2026-06-02T05:00:00.000Z";
  const draft = draftOf(aPlace({ effective_from: from }), NOW, LONDON);
  expect(draft.from).toBe("2026-06-02T06:00");
  expect(featureOf(draft, SHAPE, LONDON).properties.effective_from).toBe(from);
});

test("names are told without the space around them, times as of the force's clocks", () => {
  const draft: Draft = { ...GOOD, type: "blackspot", catchment: "12,5", from: "2026-06-01T00:00" };
  expect(featureOf(draft, SHAPE, LONDON).properties).toEqual({
    name: "Market",
    type: "blackspot",
    catchment_m: 12.5,
    excludes: [],
    effective_from: "2026-05-31T23:00:00.000Z",
  });
});

test.each([
  [{}, SHAPE, []],
  [{ name: "  " }, SHAPE, ["name"]],
  [{ id: "a b" }, SHAPE, ["id"]],
  [{ catchment: "" }, SHAPE, ["catchment"]],
  [{ catchment: "wide" }, SHAPE, ["catchment"]],
  [{ from: "" }, SHAPE, ["from"]],
  [{}, [], ["boundary"]],
] as [Partial<Draft>, Shape, string[]][])(
  "what is wrong with a draft (%#)",
  (wrong, shape, fields) => {
    const draft = { ...GOOD, ...wrong };
    expect(Object.keys(faultsOf(draft, shape, free))).toEqual(fields);
    // Without a name or an id what is drawn is measured all the same.
    const measured = fields.every((field) => field === "name" || field === "id");
    expect(trialOf(draft, shape, LONDON) !== null).toBe(measured);
  },
);

test("an id that another has is a fault", () => {
  expect(faultsOf(GOOD, SHAPE, (id) => id === "market").id).toBe("Another has this id.");
});

test.each([
  [{}, "/v1/hotspots/market?dry_run=1", "Market"],
  [{ id: "", name: "" }, "/v1/hotspots/-?dry_run=1", "-"],
])("a draft is tried, never put (%#)", (differing, path, name) => {
  const asked = trialOf({ ...GOOD, ...differing }, SHAPE, LONDON);
  expect([asked?.path, asked?.body.properties.name]).toEqual([path, name]);
});

test("what the service said is told at its field, and what has none by itself", () => {
  const said = faultsSaid([
    { field: "properties.name", message: "too long" },
    { field: "geometry.Polygon.coordinates", message: "lines cross" },
    { field: "geometry.Polygon.coordinates", message: "too small" },
    { field: "properties.catchment_m", message: "too far" },
    { field: "properties.effective_from", message: "no time" },
    { field: "hotspot_id", message: "no id" },
    { field: "properties.type", message: "unknown" },
    { field: "", message: "wrong as a whole" },
  ]);
  expect(said).toEqual({
    faults: {
      name: "too long",
      boundary: "lines cross",
      catchment: "too far",
      from: "no time",
      id: "no id",
    },
    rest: ["properties.type: unknown", "wrong as a whole"],
  });
  expect(faultsSaid([{ field: "", message: "properties.excludes[0] lies beyond" }]).faults).toEqual(
    {
      boundary: "properties.excludes[0] lies beyond",
    },
  );
});
