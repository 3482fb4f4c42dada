/** Stretches of time: what they are here, and as the service writes them. Pure. */

/** In epoch milliseconds, without its end. */
export interface Span {
  from: number;
  to: number;
}

/** The part of `b` that lies in `a`; null where they do not meet. */
export function overlap(a: Span, b: Span): Span | null {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? { from, to } : null;
}

export function spanOf({ from, to }: { from: string; to: string }): Span {
  return { from: Date.parse(from), to: Date.parse(to) };
}

/** As the service is asked for it, and as a page's address says it. */
export function asQuery({ from, to }: Span): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
