/** Asks why somebody looks at a track, before anything of it is shown. */
import { useState } from "preact/hooks";
import { text } from "../text";
import { FEWEST_LETTERS, MOST_LETTERS } from "./asking";

/** `before` is a reason given for another look, offered again; empty where there was none. */
export function WhyForm({ before, onSay }: { before: string; onSay: (why: string) => void }) {
  const words = text.unitPage;
  const listed: readonly string[] = words.whys;
  const [chosen, setChosen] = useState(
    before === "" || listed.includes(before) ? before : words.otherWhy,
  );
  const [typed, setTyped] = useState(listed.includes(before) ? "" : before);
  const [problem, setProblem] = useState("");
  function submit(event: SubmitEvent) {
    event.preventDefault();
    const why = (chosen === words.otherWhy ? typed : chosen).trim();
    if (chosen === "") setProblem(words.noWhy);
    else if (!isReason(why)) setProblem(words.shortWhy);
    else onSay(why);
  }
  return (
    <form class="why" onSubmit={submit} noValidate>
      <fieldset>
        <legend>{words.whyTitle}</legend>
        <p>{words.whyHelp}</p>
        {[...listed, words.otherWhy].map((reason) => (
          <label key={reason}>
            <input
              type="radio"
              name="why"
              value={reason}
              checked={chosen === reason}
              onChange={() => setChosen(reason)}
            />
            {reason}
          </label>
        ))}
        {chosen === words.otherWhy && (
          <input
            type="text"
            class="typed-why"
            aria-label={words.typedWhy}
            placeholder={words.typedWhy}
            maxLength={MOST_LETTERS}
            autocomplete="off"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </fieldset>
      <p class="problem" role="alert">
        {problem}
      </p>
      <button class="main-action" type="submit">
        {words.look}
      </button>
    </form>
  );
}

/** Whether it says enough to be recorded, and not too much. */
export function isReason(why: string): boolean {
  const letters = [...why.trim()].length;
  return letters >= FEWEST_LETTERS && letters <= MOST_LETTERS;
}
