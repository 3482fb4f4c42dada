/** The service as the page's network sees it: what it was asked, and what it answered. */
import { act } from "preact/test-utils";
import { vi } from "vitest";

export interface Asked {
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
}

/** What is at each path: items of a list, a thing as it is, or a refusal by its status and words. */
export type Answers = Record<string, unknown[] | object | { refused: number; detail: string }>;

/** Stands in for the network until the test is over; what it returns is what was asked so far. */
export function answering(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(address, location.origin);
    const headers = Object.fromEntries(new Headers(init.headers));
    asked.push({ path: pathname, query: Object.fromEntries(searchParams), headers });
    const answer = answers[pathname];
    if (answer === undefined) throw new TypeError(`nothing is at ${pathname}`);
    if (Array.isArray(answer)) return Response.json({ items: answer, next: null });
    if ("refused" in answer) {
      return Response.json(answer, { status: (answer as { refused: number }).refused });
    }
    return Response.json(answer);
  });
  return asked;
}

/** Lets the page read what was answered, and draw it. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await act(() => new Promise((resolve) => setTimeout(resolve)));
  }
}

/** What a browser has and jsdom lacks. Leaflet draws onto paper that keeps nothing. */
export function withCanvas(): void {
  class Observer {
    observe(): void {}
    disconnect(): void {}
  }
  const paper: unknown = new Proxy(() => paper, { get: () => paper, set: () => true });
  vi.stubGlobal("ResizeObserver", Observer);
  vi.stubGlobal("matchMedia", () => new EventTarget());
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(paper as null);
}
