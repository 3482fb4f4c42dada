/** The way from page to page, by what somebody may do. */
import { useLocation } from "preact-iso";
import { mayEdit, maySeeLive } from "./session";
import { text } from "./text";
import { useWatch } from "./watch";

const SEEN = [
  { href: "/", name: text.nav.board },
  { href: "/wall", name: text.nav.wall },
];
const EDITED = [
  { href: "/edit", name: text.nav.edit },
  { href: "/plans", name: text.nav.plans },
];

export function Nav() {
  const { session } = useWatch();
  const { path = "" } = useLocation();
  const links = [...(maySeeLive(session) ? SEEN : []), ...(mayEdit(session) ? EDITED : [])];
  if (links.length === 0) return null;
  return (
    <nav aria-label={text.nav.label}>
      {links.map(({ href, name }) => (
        <a key={href} href={href} aria-current={isAt(path, href) ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}

function isAt(path: string, href: string): boolean {
  return path === href || (href !== "/" && path.startsWith(`${href}/`));
}
