// @vitest-environment jsdom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { HeldPlan } from "../src/model";
import { PlansPage } from "../src/plans/page";
import { aHotSpot } from "./examples";
import type { Asked } from "./network";
import { network, passed, press, refusal, write } from "./network";
import { aPlan } from "./places";
import { shown, watching } from "./showing";

let watch = watching("supervise");
let plans: HeldPlan[] = [];
let asked: Asked[] = [];
let judge = (): Response => Response.json(aPlan({ version: null }));

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-06-01T12:00:00Z") });
  watch = watching("supervise");
  watch.live.now.value = Date.now();
  for (const [hotspot_id, name] of [
    ["hs-1", "Market Place"],
    ["hs-2", "Bridge Street"],
  ] as const) {
    watch.live.board.apply({ type: "hotspot", data: aHotSpot({ hotspot_id, name }) });
  }
  plans = [aPlan()];
  judge = () => Response.json(aPlan({ version: null }));
  asked = network(({ method }) =>
    method === "GET" ? Response.json({ items: plans, next: null }) : judge(),
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function show(): Promise<void> {
  shown(<PlansPage />, watch);
  await passed(0);
}

const words = (selector: string) =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
const put = () => asked.filter(({ method }) => method !== "GET");
const choose = (label: string) =>
  act(() => {
    const labels = [...document.querySelectorAll("label")];
    labels.find(({ textContent }) => textContent === label)?.click();
  });

test("every hot spot is there, with its plans in words", async () => {
  await show();
  expect(words(".group-name")).toEqual(["Bridge Street", "Market Place"]);
  expect(words(".group small")).toEqual(["no plan"]);
  expect(words(".plan-table tbody tr:not(.group) > *").slice(0, 7)).toEqual([
    "Fri, Satmarket-weekend",
    "22:00–02:00 (next day)2 patrols",
    "2 patrols × 10–16 min = 20–32 min a day",
    "patrols",
    "±10 min, 30 min apart",
    "inside the hot spot",
    "from 1 May 2026 01:00",
  ]);
  expect(words(".plans-head .help")).toEqual(["1 plan; 1 hot spot without one"]);
});

test("a no-patrol place says that it is kept for comparison", async () => {
  plans = [aPlan({ arm: "control", windows: [], minutes_per_day: 0 })];
  await show();
  expect(words(".kept td[colspan]")).toEqual(["No-patrol place: kept for comparison, no patrols"]);
  expect(document.body.textContent).not.toMatch(/treatment|control/i);
});

test("plans to come, with an end or of a hot spot that is gone say so", async () => {
  plans = [
    aPlan({ effective_from: "2026-07-01T05:00:00Z", effective_to: "2026-08-01T05:00:00Z" }),
    aPlan({ plan_id: "old", hotspot_id: "gone" }),
  ];
  await show();
  expect(words("td[data-label=Holds]")[0]).toBe(
    "from 1 Jul 2026 06:00 until 1 Aug 2026 06:00to come",
  );
  expect(words(".group").at(-1)).toBe("gonenot in force now");
});

test("a plan is tried while it is written, and what it comes to is said", async () => {
  await show();
  press("Edit plan market-weekend");
  write(document.querySelector("[aria-label='Patrols, window 1']"), "4");
  expect(words(".sum")).toEqual([
    "4 patrols × 10–16 min = 40–64 min a day 40 min are due: these patrols can reach that.",
  ]);
  judge = () => refusal({ field: "windows.0", message: "4 patrols take 130" });
  await passed(300);
  expect(words("#plan-windows-fault")).toEqual(["Window 1: 4 patrols take 130"]);
  expect(put().map(({ path }) => path)).toEqual(["/v1/plans/market-weekend?dry_run=1"]);
});

test("a new plan is written, saved and read again", async () => {
  plans = [];
  await show();
  press("Add a plan for Bridge Street");
  choose("Fri");
  choose("Sat");
  write(document.querySelector("[aria-label='From, window 1']"), "22:00");
  write(document.querySelector("[aria-label='To, window 1']"), "23:30");
  write(document.getElementById("plan-judgeBy"), "both", "change");
  plans = [aPlan({ plan_id: "hs-2-fri-sat", hotspot_id: "hs-2" })];
  press("Save");
  await passed(0);
  expect(put()).toEqual([
    {
      method: "PUT",
      path: "/v1/plans/hs-2-fri-sat",
      body: {
        hotspot_id: "hs-2",
        weekdays: ["fri", "sat"],
        dates: [],
        windows: [{ from: "22:00", to: "23:30", patrols: 1 }],
        minutes_each: { low: 10, high: 20 },
        slack_minutes: 10,
        min_gap_minutes: 30,
        judge_by: "both",
        ring: "core",
        arm: "treatment",
      },
    },
  ]);
  expect(words(".told")).toEqual(["Plan hs-2-fri-sat is saved."]);
  expect(words(".plan-table th[scope=row] small")).toEqual(["hs-2-fri-sat"]);
  expect(document.querySelector(".plan-form")).toBeNull();
});

test("windows are added and removed, single dates too", async () => {
  await show();
  press("Edit plan market-weekend");
  press("Add a window");
  expect(document.querySelectorAll(".window")).toHaveLength(2);
  press("Remove window 1");
  expect(document.querySelectorAll(".window")).toHaveLength(1);
  choose("Single dates");
  press("Add a date");
  write(document.querySelector("[aria-label='Date 1']"), "2026-06-05");
  press("Remove date 2");
  expect(words(".date")).toHaveLength(1);
});

test("a refused plan stays as it was written", async () => {
  await show();
  press("Edit plan market-weekend");
  write(document.getElementById("plan-low"), "12");
  judge = () => refusal({ field: "weekdays", message: "another plan has fri" });
  press("Save");
  await passed(0);
  expect(words(".refused li")).toEqual(["another plan has fri"]);
  expect((document.getElementById("plan-low") as HTMLInputElement).value).toBe("12");
});

test("a place that becomes one without patrols is told so to the service", async () => {
  await show();
  press("Edit plan market-weekend");
  choose("No-patrol place: kept for comparison, no patrols");
  expect(document.getElementById("plan-windows")).toBeNull();
  expect(words(".sum")).toEqual([
    " Nothing is due on these days: a patrol here is told as one on a no-patrol day.",
  ]);
  press("Save");
  await passed(0);
  expect(put().at(-1)?.body).toMatchObject({ arm: "control", windows: [] });
});

test("a plan is ended only after asking, and what another form holds stays", async () => {
  plans = [aPlan(), aPlan({ plan_id: "b", weekdays: ["mon"], version: 5 })];
  await show();
  press("Edit plan b");
  write(document.getElementById("plan-low"), "12");
  press("End plan market-weekend");
  expect(put()).toEqual([]);
  plans = plans.slice(1);
  press("End it now");
  await passed(0);
  expect(put().map(({ method, path }) => `${method} ${path}`)).toEqual([
    "DELETE /v1/plans/market-weekend",
  ]);
  expect(words(".told")).toEqual(["Plan market-weekend has ended."]);
  expect((document.getElementById("plan-low") as HTMLInputElement).value).toBe("12");
});

test("a plan that could not be ended says why", async () => {
  judge = () => Response.json({ detail: "There is no plan." }, { status: 404 });
  await show();
  press("End plan market-weekend");
  press("End it now");
  await passed(0);
  expect(words(".confirm .fault")).toEqual(["Not ended. There is no plan."]);
});

test("plans that cannot be read say why, and are read when asked again", async () => {
  const items = plans;
  network(() => Response.json({ detail: "The log is away." }, { status: 503 }));
  await show();
  expect(words("[role=alert]")).toEqual(["The plans could not be read. The log is away."]);
  network(() => Response.json({ items, next: null }));
  press("Try again");
  await passed(0);
  expect(words(".plan-table th[scope=row] small")).toEqual(["market-weekend"]);
});

test("who may not edit is told so, and nothing is asked", async () => {
  watch = watching("view", "figures");
  await show();
  expect(words("h1")).toEqual(["Not open to you"]);
  expect(document.body.textContent).toContain("supervise");
  expect(asked).toEqual([]);
});
