// @vitest-environment jsdom
import { expect, test } from "vitest";
import source from "../index.html?raw";
import { fillPage } from "../src/markup";
import { page } from "../src/text";

const parsed = () => new DOMParser().parseFromString(source, "text/html");

test("index.html has no English of its own but the name in its title", () => {
  const written = parsed();
  expect(written.title).toBe("stepsix");
  expect(written.body.textContent?.replace(/[\s0]/g, "")).toBe("");
});

test("all words of the page are in it, and it asks for none that is not there", () => {
  const filled = parsed();
  fillPage(filled);
  const placed = [...filled.querySelectorAll("*")].flatMap((element) => [
    element.textContent,
    element.getAttribute("aria-label"),
  ]);
  for (const words of Object.values(page)) expect(placed).toContain(words);
});

test("a word that text.ts does not have is an error, not a gap", () => {
  const wrong = new DOMParser().parseFromString('<p data-text="nonsense"></p>', "text/html");
  expect(() => fillPage(wrong)).toThrow('text.ts has no word "nonsense"');
});

test("the page refers to nothing but its own origin, and has no script or style inside", () => {
  const written = parsed();
  const addresses = [...written.querySelectorAll("[src], [href]")].map(
    (element) => element.getAttribute("src") ?? element.getAttribute("href"),
  );
  for (const address of addresses) expect(address).toMatch(/^(\/[^/]|#)/);
  expect(written.querySelectorAll("style, [style], script:not([src])")).toHaveLength(0);
});
