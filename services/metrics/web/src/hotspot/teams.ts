/** The colour of each team: its own where its name is one, else one that no other team has. Pure. */

/** Names of classes in the style sheet. */
const TONES = ["blue", "orange", "purple", "green", "pink", "red"] as const;
export type Tone = (typeof TONES)[number] | "grey";

/** What no team, or one too many, is drawn in. */
const NO_TONE: Tone = "grey";

export function tonesOf(teams: Iterable<string>): Map<string, Tone> {
  const names = [...new Set(teams)].sort();
  const tones = new Map<string, Tone>();
  const free = new Set<Tone>(TONES);
  // A team called Green in any other colour would be taken for another team.
  for (const name of names) {
    const own = TONES.find((tone) => free.has(tone) && wordsOf(name).includes(tone));
    if (own !== undefined) {
      tones.set(name, own);
      free.delete(own);
    }
  }
  for (const name of names) {
    if (tones.has(name)) continue;
    const next = [...free][0] ?? NO_TONE;
    tones.set(name, next);
    free.delete(next);
  }
  return tones;
}

export function toneOf(team: string | null, tones: ReadonlyMap<string, Tone>): Tone {
  return team === null ? NO_TONE : (tones.get(team) ?? NO_TONE);
}

function wordsOf(name: string): string[] {
  return name.toLocaleLowerCase("en-GB").split(/[^a-z]+/);
}
