import { expect, test } from "vitest";
import { ByName } from "../src/live/byname";

const named = () => new ByName<{ name: string; size: number }>((item) => item.name);
const names = (items: { name: string }[]) => items.map((item) => item.name);

test("sorts as people do: numbers by value, case aside", () => {
  const items = named();
  for (const name of ["NA10", "na2", "NA1", "Église", "Zoo"]) items.put(name, { name, size: 0 });
  expect(names(items.sorted())).toEqual(["Église", "NA1", "na2", "NA10", "Zoo"]);
});

test("the order follows each coming, going and renaming", () => {
  const items = named();
  items.put("1", { name: "b", size: 0 });
  items.put("2", { name: "c", size: 0 });
  expect(names(items.sorted())).toEqual(["b", "c"]);
  items.put("3", { name: "a", size: 0 });
  expect(names(items.sorted())).toEqual(["a", "b", "c"]);
  items.put("3", { name: "d", size: 0 });
  expect(names(items.sorted())).toEqual(["b", "c", "d"]);
  items.delete("2");
  expect(names(items.sorted())).toEqual(["b", "d"]);
  items.clear();
  expect(items.sorted()).toEqual([]);
});

test("sorted gives the newest of each, also where the order stayed", () => {
  const items = named();
  items.put("1", { name: "a", size: 1 });
  items.sorted();
  items.put("1", { name: "a", size: 2 });
  expect(items.sorted()).toEqual([{ name: "a", size: 2 }]);
});
