import { expect, test } from "vitest";
import { begun, redone, stepped, undone } from "../src/edit/history";

test("steps are undone and done again, each in turn", () => {
  const history = stepped(stepped(begun("a"), "b"), "c");
  expect(history.now).toBe("c");
  expect(undone(history).now).toBe("b");
  expect(undone(undone(history)).now).toBe("a");
  expect(redone(undone(undone(history))).now).toBe("b");
  expect(redone(redone(undone(undone(history)))).now).toBe("c");
});

test("at either end nothing more happens", () => {
  const history = stepped(begun("a"), "b");
  expect(undone(undone(undone(history))).now).toBe("a");
  expect(redone(history).now).toBe("b");
});

test("a new step forgets what was undone", () => {
  const history = stepped(undone(stepped(begun("a"), "b")), "c");
  expect(redone(history).now).toBe("c");
  expect(undone(history).now).toBe("a");
});

test("steps of one name are undone together, others and those after an undo are not", () => {
  const nudged = stepped(stepped(stepped(begun(0), 1, "x"), 2, "x"), 3, "y");
  expect(undone(nudged).now).toBe(2);
  expect(undone(undone(nudged)).now).toBe(0);
  expect(undone(stepped(undone(nudged), 9, "x")).now).toBe(2);
});

test("only so much is kept", () => {
  let history = begun(0);
  for (let now = 1; now <= 300; now++) history = stepped(history, now);
  expect(history.before).toHaveLength(200);
});
