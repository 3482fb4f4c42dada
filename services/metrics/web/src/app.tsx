/**
 * The page.
 *
 * 1. Ask who is signed in, again and again while the service cannot be reached.
 * 2. Nobody, or somebody who may see nothing of it: show the sign-in form, then 1.
 * 3. Keep the live stream open and show what the address asks for. If the stream is refused, ask 1
 *    again: a session that ended reloads the page, which forgets what it showed.
 * 4. Officers who see only their own are told nothing live: they begin with their duties.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import { LocationProvider, lazy, Route, Router, useLocation } from "preact-iso";
import { BoardPage } from "./board/page";
import { Frame } from "./frame";
import { HotSpotPage } from "./hotspot/page";
import type { Session } from "./model";
import { DutiesPage } from "./own/page";
import { currentSession, maySeeLive, maySeeOwn } from "./session";
import { SignIn } from "./signin";
import { text } from "./text";
import { UnitPage } from "./unit/page";
import { WallPage } from "./wall/page";
import { beginWatch, useWatch, WatchContext } from "./watch";

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
  const seesAll = maySeeLive(session);
  useEffect(() => (seesAll ? watch.live.follow() : watch.live.keepTime()), [watch, seesAll]);
  return (
    <WatchContext.Provider value={watch}>
      <LocationProvider>
        <Pages />
      </LocationProvider>
    </WatchContext.Provider>
  );
}

/** The wall screen has no frame around it: there is nothing to press. */
function Pages() {
  const seesAll = maySeeLive(useWatch().session);
  const { path } = useLocation();
  if (seesAll && path === "/wall") return <WallPage />;
  return (
    <Frame>
      <Router>
        <Route path="/" component={seesAll ? BoardPage : DutiesPage} />
        <Route path="/edit" component={EditPage} />
        <Route path="/edit/:id" component={EditPage} />
        <Route path="/plans" component={PlansPage} />
        <Route path="/hotspots/:id" component={HotSpotPage} />
        <Route path="/units/:radio_id" component={UnitPage} />
        <Route default component={Missing} />
      </Router>
    </Frame>
  );
}

function Missing() {
  return (
    <main class="starting">
      <p>{text.noSuchPage}</p>
      <a href="/">{text.toTheBeginning}</a>
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
  if (!maySeeLive(session) && !maySeeOwn(session)) {
    return { is: "nobody", problem: text.mayNotSee(session.name) };
  }
  return { is: "somebody", session };
}
