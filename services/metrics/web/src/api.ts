/** Asking the service. The session's cookie goes along by itself. */

/** The service said no; `message` is what it said, in words for people. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  /** What is wrong, field by field, where the service named fields. */
  readonly fields: { field: string; message: string }[];

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.code = problem.type?.split(":").at(-1) ?? "";
    this.fields = problem.errors ?? [];
  }
}

/** A problem document (RFC 9457). */
interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  errors?: { field: string; message: string }[];
}

interface Listed<Item> {
  items: Item[];
  next: string | null;
}

/** What is at an address. Throws a Refusal, or TypeError where the service cannot be reached. */
export async function get<Answer>(
  path: string,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const asked = new URLSearchParams(query).toString();
  const response = await fetch(asked === "" ? path : `${path}?${asked}`, { headers });
  return understood(response);
}

/** A whole list, page after page. Throws as `get` does. */
export async function list<Item>(
  path: string,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Item[]> {
  const items: Item[] = [];
  let page = await get<Listed<Item>>(path, query, headers);
  items.push(...page.items);
  while (page.next !== null) {
    page = await get<Listed<Item>>(path, { ...query, cursor: page.next }, headers);
    items.push(...page.items);
  }
  return items;
}

/** Says something to the service. Throws as `get` does. */
export async function send<Answer>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Answer> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { "Content-Type": "application/json" };
  return understood(await fetch(path, { method, headers, ...sent }));
}

async function understood<Answer>(response: Response): Promise<Answer> {
  if (response.ok) {
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }
  throw new Refusal(response.status, await response.json().catch(() => ({})));
}

/** What went wrong, for people: what the service said, or `unreachable` where nothing was heard. */
export function inWords(problem: unknown, unreachable: string): string {
  return problem instanceof Refusal ? problem.message : unreachable;
}
