/** What stands over a hot spot on the map: the sign of its day, and its name. */
import { render } from "preact";
import type { DayStatus } from "../model";
import { Glyph } from "../parts/glyph";

export function showLabel(label: HTMLElement, name: string, status: DayStatus): void {
  render(
    <>
      <Glyph status={status} />
      <span>{name}</span>
    </>,
    label,
  );
}
