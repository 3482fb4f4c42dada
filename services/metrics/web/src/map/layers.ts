/** Things on the map by their ids, one of which may be picked. */
import type { Palette } from "./palette";

export abstract class Layers<Drawn> {
  protected readonly drawn = new Map<string, Drawn>();
  protected palette: Palette;
  protected chosen: string | null = null;

  constructor(palette: Palette) {
    this.palette = palette;
  }

  /** Marks the one that was picked, and no other. */
  choose(id: string | null): void {
    if (id === this.chosen) return;
    const changed = [this.chosen, id];
    this.chosen = id;
    for (const each of changed) {
      const drawn = each === null ? undefined : this.drawn.get(each);
      if (drawn !== undefined) this.style(drawn);
    }
  }

  restyle(palette: Palette): void {
    this.palette = palette;
    for (const drawn of this.drawn.values()) this.style(drawn);
  }

  /** Draws one as it now looks. */
  protected abstract style(drawn: Drawn): void;
}
