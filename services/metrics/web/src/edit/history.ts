/** What can be undone and done again. Pure. */
export interface History<State> {
  before: readonly State[];
  now: State;
  after: readonly State[];
  /** What the last step was; a step of the same kind goes on with it. Empty: none goes on with it. */
  step: string;
}

/** Further back than this nobody goes. */
const DEEPEST = 200;

export function begun<State>(now: State): History<State> {
  return { before: [], now, after: [], step: "" };
}

/** One step on. Steps named alike, such as nudges of one corner, are undone together. */
export function stepped<State>(history: History<State>, now: State, step = ""): History<State> {
  const goesOn = step !== "" && step === history.step;
  const before = goesOn ? history.before : [...history.before, history.now].slice(-DEEPEST);
  return { before, now, after: [], step };
}

export function undone<State>({ before, now, after, step }: History<State>): History<State> {
  const last = before.at(-1);
  if (last === undefined) return { before, now, after, step };
  return { before: before.slice(0, -1), now: last, after: [now, ...after], step: "" };
}

export function redone<State>({ before, now, after, step }: History<State>): History<State> {
  const [next, ...later] = after;
  if (next === undefined) return { before, now, after, step };
  return { before: [...before, now], now: next, after: later, step: "" };
}
