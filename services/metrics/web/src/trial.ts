/** Trying what is being typed: the service judges it as if it were put, and puts nothing. */
import { useEffect, useState } from "preact/hooks";
import { Refusal, send } from "./api";

const PAUSE_MS = 300;

/** What came of it. Until something else is told `last` is the last answer, which is old by then. */
export type Trial<Answer> =
  | { is: "nothing" | "asking" | "unreachable"; last: Answer | null }
  | { is: "told"; last: Answer }
  | { is: "refused"; last: Answer | null; refusal: Refusal };

export interface Question {
  path: string;
  body: unknown;
}

/**
 * What the service says of a body at a path, asked once typing rests; null asks nothing. `subject` is
 * what it is about: what was told of another is forgotten.
 */
export function useTrial<Answer>(asked: Question | null, subject: unknown): Trial<Answer> {
  const [told, setTold] = useState<{ trial: Trial<Answer>; subject: unknown } | null>(null);
  const question = asked === null ? null : JSON.stringify(asked);
  useEffect(() => {
    let wanted = true;
    const tell = (news: News<Answer>) => {
      if (!wanted) return;
      setTold((before) => {
        const last = before !== null && before.subject === subject ? before.trial.last : null;
        return { trial: { last, ...news } as Trial<Answer>, subject };
      });
    };
    if (question === null) {
      tell({ is: "nothing" });
      return undefined;
    }
    tell({ is: "asking" });
    const timer = window.setTimeout(async () => tell(await answerTo(question)), PAUSE_MS);
    return () => {
      wanted = false;
      window.clearTimeout(timer);
    };
  }, [question, subject]);
  return told !== null && told.subject === subject ? told.trial : { is: "nothing", last: null };
}

type News<Answer> =
  | { is: "nothing" | "asking" | "unreachable" }
  | { is: "told"; last: Answer }
  | { is: "refused"; refusal: Refusal };

async function answerTo<Answer>(question: string): Promise<News<Answer>> {
  const { path, body }: Question = JSON.parse(question);
  try {
    return { is: "told", last: await send<Answer>("PUT", path, body) };
  } catch (error) {
    return error instanceof Refusal ? { is: "refused", refusal: error } : { is: "unreachable" };
  }
}
