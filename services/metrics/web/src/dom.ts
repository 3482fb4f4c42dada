/** Making elements where Preact does not: on the map. Text only ever enters as text. */

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
