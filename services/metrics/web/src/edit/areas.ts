/** Lengths, areas and shares as they are read. Pure. */

const HECTARE_M2 = 10_000;
/** A hot spot is about 150 m across: a square of that is this large. */
const USUAL_MOST_M2 = 150 * 150;

export function metreWords(metres: number): string {
  return `${whole(metres)} m`;
}

export function squareMetreWords(m2: number): string {
  return `${whole(m2)} m²`;
}

export function hectareWords(m2: number): string {
  const hectares = m2 / HECTARE_M2;
  return `${hectares.toLocaleString("en-GB", { maximumSignificantDigits: 3 })} ha`;
}

/** `12 %`, and `under 1 %` rather than nothing. */
export function shareWords(share: number): string {
  return share < 0.01 ? "under 1 %" : `${Math.round(share * 100)} %`;
}

/** Whether it is larger than a hot spot usually is. */
export function isLarge(m2: number): boolean {
  return m2 > USUAL_MOST_M2;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}
