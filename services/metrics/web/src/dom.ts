/** Finding and making elements. Text only ever enters as text. */

/** The element of index.html with that id. Throws where the page and its markup disagree. */
export function byId<T extends Element>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`index.html has no ${type.name} #${id}`);
  return found;
}

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/** Writes only what differs, so that screen readers and layout are left in peace. */
export function write(element: Element, content: string): void {
  if (element.textContent !== content) element.textContent = content;
}
