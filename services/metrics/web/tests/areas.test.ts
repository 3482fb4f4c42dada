import { expect, test } from "vitest";
import { hectareWords, isLarge, metreWords, shareWords, squareMetreWords } from "../src/edit/areas";

test.each([
  [metreWords(716.9), "717 m"],
  [metreWords(12_345), "12,345 m"],
  [squareMetreWords(22_500), "22,500 m²"],
  [hectareWords(22_500), "2.25 ha"],
  [hectareWords(133_379.8), "13.3 ha"],
  [hectareWords(200), "0.02 ha"],
  [shareWords(0.1), "10 %"],
  [shareWords(0.0004), "under 1 %"],
  [shareWords(1), "100 %"],
])("%s", (words, expected) => {
  expect(words).toBe(expected);
});

test("larger than a square of 150 m is large", () => {
  expect([isLarge(22_500), isLarge(22_501)]).toEqual([false, true]);
});
