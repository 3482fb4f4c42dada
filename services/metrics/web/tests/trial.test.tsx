// @vitest-environment jsdom
import { signal } from "@preact/signals";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Question } from "../src/trial";
import { useTrial } from "../src/trial";
import { network, passed, refusal } from "./network";
import { shown, watching } from "./showing";

const asking = signal<Question | null>(null);
const subject = signal("one");

beforeEach(() => {
  vi.useFakeTimers();
  asking.value = null;
  subject.value = "one";
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Told() {
  const trial = useTrial<{ said: string }>(asking.value, subject.value);
  return <p>{`${trial.is} ${trial.last?.said ?? ""}`.trim()}</p>;
}

function ask(next: Question | null): void {
  act(() => {
    asking.value = next;
  });
}

const told = () => document.querySelector("p")?.textContent;
const question = (body: unknown) => ({ path: "/v1/plans/p?dry_run=1", body });

test("it is asked once typing rests, and only about what was written last", async () => {
  const asked = network(({ body }) => Response.json({ said: body }));
  shown(<Told />, watching());
  expect(told()).toBe("nothing");
  for (const body of ["m", "ma", "mar"]) {
    ask(question(body));
    await passed(200);
  }
  expect([told(), asked.length]).toEqual(["asking", 0]);
  await passed(100);
  expect([told(), asked]).toEqual([
    "told mar",
    [{ method: "PUT", path: "/v1/plans/p?dry_run=1", body: "mar" }],
  ]);
});

test("a refusal and silence are told; the last answer stays at hand", async () => {
  const answers = [
    () => Response.json({ said: "good" }),
    () => refusal({ field: "windows", message: "overlap" }),
    () => {
      throw new TypeError("away");
    },
  ];
  network(() => (answers.shift() ?? Response.error)());
  shown(<Told />, watching());
  const seen: unknown[] = [];
  for (const body of [1, 2, 3]) {
    ask(question(body));
    await passed(300);
    seen.push(told());
  }
  ask(null);
  await passed(0);
  expect([...seen, told()]).toEqual([
    "told good",
    "refused good",
    "unreachable good",
    "nothing good",
  ]);
});

test("an answer that comes late is not taken for one about what is written now", async () => {
  let answer = (_: Response) => {};
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (answer = resolve)));
  shown(<Told />, watching());
  ask(question("old"));
  await passed(300);
  ask(question("new"));
  await passed(0);
  answer(Response.json({ said: "old" }));
  await passed(0);
  expect(told()).toBe("asking");
});

test("what was told of one thing is not shown of another", async () => {
  network(() => Response.json({ said: "good" }));
  shown(<Told />, watching());
  ask(question(1));
  await passed(300);
  act(() => {
    subject.value = "two";
  });
  expect(told()).toBe("asking");
});
