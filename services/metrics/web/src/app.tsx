/**
 * The page.
 *
 * 1. Ask who is signed in, again and again while the service cannot be reached.
 * 2. Nobody, or somebody who may not see the picture: show the sign-in form, then 1.
 * 3. Keep the live stream open and show what the address asks for. If the stream is refused, ask 1
 *    again: a session that ended reloads the page, which forgets what it showed.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import { LocationProvider, lazy, Route, Router } from "preact-iso";
import { BoardPage } from "./board/page";
import { Frame } from "./frame";
import type { Session } from "./model";
import { currentSession, maySeeLive } from "./session";
import { SignIn } from "./signin";
import { text } from "./text";
import { beginWatch, WatchContext } from "./watch";

const TRY_AGAIN_MS = 3000;

/** Loaded when they are first opened: most people never open them. */
const EditPage = lazy(() => import("./edit/page").then((loaded) => loaded.EditPage));
const PlansPage = lazy(() => import("./plans/page").then((loaded) => loaded.PlansPage));

type Knowledge =
  | { is: "asking" }
  | { is: "unreachable" }
  | { is: "nobody"; problem: string }
  | { is: "somebody"; session: Session };

export function App() {
  const [known, setKnown] = useState<Knowledge>({ is: "asking" });
  useEffect(() => {
    if (known.is === "asking") void ask(setKnown);
    if (known.is !== "unreachable") return undefined;
    const timer = window.setTimeout(() => ask(setKnown), TRY_AGAIN_MS);
    return () => window.clearTimeout(timer);
  }, [known]);

  switch (known.is) {
    case "asking":
      return null;
    case "unreachable":
      return (
        <p role="status" class="starting">
          {text.unreachable}
        </p>
      );
    case "nobody":
      return <SignIn problem={known.problem} onDone={() => setKnown({ is: "asking" })} />;
    case "somebody":
      return <SignedIn session={known.session} />;
  }
}

function SignedIn({ session }: { session: Session }) {
  const watch = useMemo(() => beginWatch(session), [session]);
  useEffect(() => watch.live.follow(), [watch]);
  return (
    <WatchContext.Provider value={watch}>
      <LocationProvider>
        <Frame>
          <Router>
            <Route path="/" component={BoardPage} />
            <Route path="/edit" component={EditPage} />
            <Route path="/edit/:id" component={EditPage} />
            <Route path="/plans" component={PlansPage} />
            <Route default component={Missing} />
          </Router>
        </Frame>
      </LocationProvider>
    </WatchContext.Provider>
  );
}

function Missing() {
  return (
    <main class="starting">
      <p>{text.noSuchPage}</p>
      <a href="/">{text.toTheBoard}</a>
    </main>
  );
}

async function ask(learn: (knowledge: Knowledge) => void): Promise<void> {
  try {
    learn(understood(await currentSession()));
  } catch {
    learn({ is: "unreachable" });
  }
}

function understood(session: Session | null): Knowledge {
  if (session === null) return { is: "nobody", problem: "" };
  if (!maySeeLive(session)) return { is: "nobody", problem: text.mayNotSee(session.name) };
  return { is: "somebody", session };
}
