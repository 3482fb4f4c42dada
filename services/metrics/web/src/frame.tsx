/** What stands around every page: the banners, the header and the footer. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { isOld } from "./live/freshness";
import { Nav } from "./nav";
import { OldBanner, SimulatedBanner } from "./parts/banner";
import { maySeeLive, signOut } from "./session";
import { text } from "./text";
import { useWatch } from "./watch";

export function Frame({ children }: { children: ComponentChildren }) {
  const old = isOld(useWatch().live.freshness.value);
  return (
    <div class={old ? "page old" : "page"}>
      <SimulatedBanner />
      <a class="skip" href="#content">
        {text.skip}
      </a>
      <Header />
      <OldBanner />
      {children}
      <footer>{text.notAnAlarm}</footer>
    </div>
  );
}

function Header() {
  const { session } = useWatch();
  return (
    <header>
      <a class="brand" href="/" aria-label={text.brand}>
        <img src="/favicon.svg" alt="" width="26" height="26" />
        <span>{text.brand}</span>
      </a>
      <Nav />
      <div id="signed-in">
        {maySeeLive(session) && <Connection />}
        <Clock />
        <p id="who">{session.name}</p>
        <SignOut />
      </div>
    </header>
  );
}

export function Connection() {
  const { kind } = useWatch().live.freshness.value;
  return (
    <p id="connection" role="status" data-freshness={kind}>
      {text.connection[kind]}
    </p>
  );
}

export function Clock() {
  const { live, times } = useWatch();
  const now = live.now.value;
  return (
    <p class="time">
      <time id="clock">{times.clock(now)}</time>
      <span id="day">{times.day(now)}</span>
    </p>
  );
}

function SignOut() {
  const [failed, setFailed] = useState(false);
  return (
    <button
      id="sign-out"
      class="plain"
      type="button"
      onClick={() => signOut().catch(() => setFailed(true))}
    >
      {failed ? text.signOutFailed : text.signOut}
    </button>
  );
}
