/** What somebody sees who may not change hot spots and plans. */
import { text } from "../text";
import { useWatch } from "../watch";

export function Closed() {
  const { session } = useWatch();
  return (
    <main id="content" class="closed" tabIndex={-1}>
      <h1>{text.mayNotEdit.title}</h1>
      <p>{text.mayNotEdit.more(session.name)}</p>
      <a href="/">{text.toTheBeginning}</a>
    </main>
  );
}
