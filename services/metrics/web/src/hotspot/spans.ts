/** Stretches of time as sets: in order and apart. Pure. */
import type { Span } from "../span";
import { overlap } from "../span";

/** In order of time, none empty, none touching the next. */
export type Spans = readonly Span[];

export const EVER: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** All the time that lies in one of the stretches or more. */
export function union(spans: Iterable<Span>): Span[] {
  const joined: Span[] = [];
  const sorted = [...spans].filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push({ ...span });
  }
  return joined;
}

/** The time that lies in both. */
export function common(spans: Spans, others: Spans): Span[] {
  const met: Span[] = [];
  let [at, other] = [0, 0];
  for (;;) {
    const [a, b] = [spans[at], others[other]];
    if (a === undefined || b === undefined) return met;
    const both = overlap(a, b);
    if (both !== null) met.push(both);
    // The one that ends first meets nothing more.
    if (a.to < b.to) at += 1;
    else other += 1;
  }
}

/** The time of the one that does not lie in the other. */
export function without(spans: Spans, holes: Spans): Span[] {
  const starts = [EVER.from, ...holes.map(({ to }) => to)];
  const ends = [...holes.map(({ from }) => from), EVER.to];
  return common(
    spans,
    starts.map((from, at) => ({ from, to: ends[at] ?? EVER.to })),
  );
}

/** How much time they are, in milliseconds. */
export function lengthOf(spans: Spans): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Without so much of their time at the start and at the end; what is left may be nothing. */
export function trimmed(spans: Spans, first: number, last: number): Span[] {
  return dropped(kept(spans, lengthOf(spans) - last), first);
}

/** With so much more time before the first and after the last; of none it is none. */
export function widened(spans: Spans, before: number, after: number): Span[] {
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return [];
  return union([
    { from: first.from - before, to: first.to },
    ...spans,
    { from: last.from, to: last.to + after },
  ]);
}

/** The first milliseconds of them. */
function kept(spans: Spans, ms: number): Span[] {
  let left = ms;
  return spans.flatMap(({ from, to }) => {
    const end = Math.min(to, from + left);
    left -= to - from;
    return end > from ? [{ from, to: end }] : [];
  });
}

/** What is left of them after their first milliseconds. */
function dropped(spans: Spans, ms: number): Span[] {
  let left = ms;
  return spans.flatMap(({ from, to }) => {
    const start = from + Math.max(0, left);
    left -= to - from;
    return start < to ? [{ from: start, to }] : [];
  });
}
