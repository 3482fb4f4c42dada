/** A list whose rows are kept by key, so that an update never takes the focus from a row. */

export interface Row<Item> {
  readonly element: HTMLElement;
  update(item: Item): void;
}

export class Rows<Item> {
  readonly #parent: HTMLElement;
  readonly #make: (key: string) => Row<Item>;
  readonly #rows = new Map<string, Row<Item>>();

  constructor(parent: HTMLElement, make: (key: string) => Row<Item>) {
    this.#parent = parent;
    this.#make = make;
  }

  /** Shows exactly these, in this order. */
  show(items: ReadonlyMap<string, Item>): void {
    for (const [key, row] of this.#rows) {
      if (!items.has(key)) {
        row.element.remove();
        this.#rows.delete(key);
      }
    }
    let place = this.#parent.firstElementChild;
    for (const [key, item] of items) {
      const row = this.#row(key);
      row.update(item);
      if (row.element === place) place = place.nextElementSibling;
      else this.#parent.insertBefore(row.element, place);
    }
  }

  /** Brings a row into sight, if it is shown. */
  reveal(key: string): void {
    this.#rows.get(key)?.element.scrollIntoView({ block: "nearest" });
  }

  #row(key: string): Row<Item> {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.#make(key);
    this.#rows.set(key, row);
    return row;
  }
}
