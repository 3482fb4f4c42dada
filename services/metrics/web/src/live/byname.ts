/** Things by id that can be read in the order of their names. Pure. */

const collator = new Intl.Collator("en-GB", { numeric: true });

export class ByName<Item> {
  readonly #nameOf: (item: Item) => string;
  readonly #items = new Map<string, Item>();
  /** Ids in order; null when something came, went or changed its name since it was made. */
  #order: string[] | null = null;

  constructor(nameOf: (item: Item) => string) {
    this.#nameOf = nameOf;
  }

  get size(): number {
    return this.#items.size;
  }

  get(id: string): Item | undefined {
    return this.#items.get(id);
  }

  put(id: string, item: Item): void {
    const before = this.#items.get(id);
    if (before === undefined || this.#nameOf(before) !== this.#nameOf(item)) this.#order = null;
    this.#items.set(id, item);
  }

  delete(id: string): void {
    if (this.#items.delete(id)) this.#order = null;
  }

  clear(): void {
    this.#items.clear();
    this.#order = null;
  }

  ids(): Iterable<string> {
    return this.#items.keys();
  }

  values(): Iterable<Item> {
    return this.#items.values();
  }

  /** Sorted as people sort: numbers by value, case and accents aside. */
  sorted(): Item[] {
    this.#order ??= [...this.#items]
      .sort(([, a], [, b]) => collator.compare(this.#nameOf(a), this.#nameOf(b)))
      .map(([id]) => id);
    return this.#order.flatMap((id) => this.#items.get(id) ?? []);
  }
}
