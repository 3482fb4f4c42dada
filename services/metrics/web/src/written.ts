/** What people write into fields. Pure. */

/** The number that is written, with a point or a comma; NaN where it is none. */
export function numberOf(written: string): number {
  const text = written.trim().replace(",", ".");
  return text === "" ? Number.NaN : Number(text);
}
