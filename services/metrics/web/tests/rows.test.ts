// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { make, write } from "../src/dom";
import { Rows } from "../src/rows";

let list: HTMLUListElement;
let rows: Rows<string>;

beforeEach(() => {
  list = make("ul", "");
  document.body.replaceChildren(list);
  rows = new Rows(list, () => {
    const element = make("li", "");
    element.tabIndex = 0;
    return { element, update: (words) => write(element, words) };
  });
});

const shown = () => [...list.children].map((element) => element.textContent);

test("shows what is given, in its order, and nothing else", () => {
  rows.show(
    new Map([
      ["a", "1"],
      ["b", "2"],
      ["c", "3"],
    ]),
  );
  expect(shown()).toEqual(["1", "2", "3"]);
  rows.show(
    new Map([
      ["c", "3"],
      ["d", "4"],
      ["a", "1"],
    ]),
  );
  expect(shown()).toEqual(["3", "4", "1"]);
  rows.show(new Map());
  expect(shown()).toEqual([]);
});

test("a row keeps its focus while it is updated and others come and go", () => {
  rows.show(
    new Map([
      ["a", "1"],
      ["b", "2"],
    ]),
  );
  (list.children[1] as HTMLElement).focus();
  const focused = document.activeElement;
  rows.show(
    new Map([
      ["0", "0"],
      ["b", "changed"],
    ]),
  );
  expect(document.activeElement).toBe(focused);
  expect(shown()).toEqual(["0", "changed"]);
});

test("what comes back after it went is made anew", () => {
  rows.show(new Map([["a", "1"]]));
  const first = list.children[0];
  rows.show(new Map());
  rows.show(new Map([["a", "1"]]));
  expect(list.children[0]).not.toBe(first);
});
