/** The form that takes an access token. */
import { useState } from "preact/hooks";
import { signIn } from "./session";
import { text } from "./text";

const PROBLEMS = { "wrong token": text.wrongToken, failed: text.signInFailed };

/** `problem` says why an earlier try led nowhere; empty where there was none. */
export function SignIn({ problem, onDone }: { problem: string; onDone: () => void }) {
  const [token, setToken] = useState("");
  const [said, setSaid] = useState(problem);
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const outcome = await signIn(token);
    if (outcome === "done") onDone();
    else setSaid(PROBLEMS[outcome]);
  }
  return (
    <main id="sign-in">
      <form id="sign-in-form" onSubmit={submit}>
        <h1>{text.signInTitle}</h1>
        <p>{text.signInHelp}</p>
        <label for="token">{text.token}</label>
        <input
          id="token"
          type="password"
          autocomplete="current-password"
          spellcheck={false}
          required
          ref={focused}
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <p id="sign-in-problem" role="alert">
          {said}
        </p>
        <button type="submit">{text.signIn}</button>
      </form>
    </main>
  );
}

function focused(input: HTMLInputElement | null): void {
  input?.focus();
}
