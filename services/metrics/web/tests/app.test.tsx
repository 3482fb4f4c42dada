// @vitest-environment jsdom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "../src/app";
import { aDuty, aHotSpot } from "./examples";
import { answering, settled, withCanvas } from "./service";

const opened: string[] = [];

class EventSourceThatWaits extends EventTarget {
  constructor(address: string) {
    super();
    opened.push(address);
  }
  close(): void {}
}

beforeEach(() => {
  opened.length = 0;
  withCanvas();
  vi.stubGlobal("EventSource", EventSourceThatWaits);
  history.replaceState(null, "", "/");
});
afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function begin(...scopes: string[]) {
  const hour = 3_600_000;
  const duty = (duty_id: string, hours: number) =>
    aDuty({
      duty_id,
      from: new Date(Date.now() + hours * hour).toISOString(),
      to: new Date(Date.now() + (hours + 8) * hour).toISOString(),
    });
  const asked = answering({
    "/v1/session": { name: "desk", scopes, timezone: "Europe/London", simulated: true },
    "/v1/duties": [duty("past", -20), duty("now", -2), duty("ahead", 10)],
    "/v1/hotspots": [aHotSpot()],
  });
  act(() => render(<App />, document.body));
  await settled();
  return asked;
}

test("an officer begins with their own duties, and no live stream is opened", async () => {
  const asked = await begin("own", "figures");
  expect(document.querySelector("h1")?.textContent).toBe("My duties");
  expect(opened).toEqual([]);
  expect(document.getElementById("simulated")).not.toBeNull();
  expect(document.getElementById("board")).toBeNull();
  expect(asked.map(({ path }) => path)).toEqual(["/v1/session", "/v1/duties", "/v1/hotspots"]);
  const links = [...document.querySelectorAll(".duties a")];
  expect(links.map((link) => link.getAttribute("href"))).toHaveLength(2);
  expect(links[0]?.getAttribute("href")).toMatch(/^\/units\/R1\?from=.*&to=/);
  expect(links[0]?.textContent).toContain(
    "NA11 · on foot · BlueMarket Place30 min in hot spots, 1 h 25 min outside, 5 min unknown · under way · provisional",
  );
  expect(document.querySelectorAll(".duties li")).toHaveLength(3);
});

test("who sees all begins with the board and the live stream", async () => {
  await begin("view", "own");
  expect(document.getElementById("board")).not.toBeNull();
  expect(opened).toEqual(["/v1/live"]);
});

test("who may see nothing of it is told which scope would", async () => {
  await begin("scrape");
  expect(document.getElementById("sign-in-problem")?.textContent).toBe(
    'The token "desk" may not see this page. Sign in with one that has the scope view, or own for an officer\'s own duties.',
  );
});
