/** The service at the network's edge: what the page asked it, and what it answers. */
import { act } from "preact/test-utils";
import { vi } from "vitest";

export interface Asked {
  method: string;
  /** With its query. */
  path: string;
  body: unknown;
}

/** Answers each question with what `answer` makes of it; what it returns is what was asked so far. */
export function network(answer: (asked: Asked) => Response): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const body = init.body === undefined ? null : JSON.parse(String(init.body));
    const asked = { method: init.method ?? "GET", path, body };
    all.push(asked);
    return answer(asked);
  });
  return all;
}

/** A problem document that names what is wrong. */
export function refusal(...errors: { field: string; message: string }[]): Response {
  const detail = errors.map(({ message }) => message).join("; ");
  return Response.json({ type: "urn:stepsix:problem:invalid", detail, errors }, { status: 422 });
}

/** Lets some time pass (milliseconds, by the fake clock), with what is answered and drawn in it. */
export async function passed(ms: number): Promise<void> {
  // What is drawn at the end of one act may ask for more, which comes in the next.
  for (const part of [ms, 0]) {
    await act(async () => {
      await vi.advanceTimersByTimeAsync(part);
    });
  }
}

/** Writes into a field as a person does. */
export function write(field: Element | null, value: string, event = "input"): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) {
    throw new Error("no such field");
  }
  act(() => {
    field.value = value;
    field.dispatchEvent(new Event(event, { bubbles: true }));
  });
}

/** Presses the button of that name. */
export function press(name: string): void {
  act(() => buttonOf(name).click());
}

export function buttonOf(name: string): HTMLButtonElement {
  const buttons = [...document.querySelectorAll("button")];
  const found = buttons.find(
    (button) => (button.getAttribute("aria-label") ?? button.textContent) === name,
  );
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
}
