/** Puts the words of text.ts into index.html. */
import { page } from "./text";

type Word = keyof typeof page;

function word(key: string | undefined): string {
  if (key === undefined || !(key in page)) throw new Error(`text.ts has no word "${key}"`);
  return page[key as Word];
}

/** Fills each `data-text`, names each `data-label` and hints in each `data-placeholder`. */
export function fillPage(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-text]")) {
    element.textContent = word(element.dataset.text);
  }
  for (const element of root.querySelectorAll<HTMLElement>("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
  }
  for (const element of root.querySelectorAll<HTMLElement>("[data-placeholder]")) {
    element.setAttribute("placeholder", word(element.dataset.placeholder));
  }
}
