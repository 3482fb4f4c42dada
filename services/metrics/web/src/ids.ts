/** Ids of things that people make, from the names that they give them. Pure. */

const LONGEST = 64;
const ALLOWED = /^[A-Za-z0-9._:-]{1,64}$/;

/** Whether the service takes it as an id. */
export function isId(text: string): boolean {
  return ALLOWED.test(text);
}

/** An id that reads like the name and that nothing has yet; empty where the name has no letters. */
export function idFrom(name: string, taken: (id: string) => boolean): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}|['’]/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const id = trimmed(plain, LONGEST);
  if (id === "" || !taken(id)) return id;
  for (let number = 2; ; number++) {
    const ending = `-${number}`;
    const next = trimmed(id, LONGEST - ending.length) + ending;
    if (!taken(next)) return next;
  }
}

function trimmed(text: string, longest: number): string {
  return text.replace(/^-+/, "").slice(0, longest).replace(/-+$/, "");
}
