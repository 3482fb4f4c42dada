/** The corners of the outline in hand as a table: all that the map does, by keyboard. */
import { useEffect, useRef } from "preact/hooks";
import { text } from "../text";
import type { Editing } from "./editing";
import { MOST_HANDLES } from "./handles";
import type { Corner } from "./metres";
import type { CornerAt } from "./shape";
import { FEWEST_CORNERS, ringAt } from "./shape";

const NUDGE_M = 1;
const LONG_NUDGE_M = 10;
const NUDGES: Record<string, [east: number, north: number]> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
/** About 10 cm. */
const SHOWN_DECIMALS = 6;

export function Corners({ editing }: { editing: Editing }) {
  const at = editing.inHand.value;
  const picked = editing.corner.value;
  const ring = ringAt(editing.shape, at);
  const inHand = picked === null ? undefined : ring[picked];
  const canRemove = editing.drawing.value || ring.length > FEWEST_CORNERS;
  if (ring.length === 0) return null;
  return (
    <>
      <p id="corners-help" class="help">
        {text.editPage.cornersHelp}
      </p>
      <div class="corner-rows">
        <table class="corners">
          <caption class="spoken">{text.editPage.corners}</caption>
          <thead>
            <tr>
              <th scope="col">{text.editPage.corners}</th>
              <th scope="col">{text.editPage.latitude}</th>
              <th scope="col">{text.editPage.longitude}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {ring.slice(0, MOST_HANDLES).map((corner, number) => (
              <CornerRow
                key={number}
                editing={editing}
                at={{ ...at, corner: number }}
                corner={corner}
                picked={picked === number}
                canRemove={canRemove}
              />
            ))}
          </tbody>
        </table>
      </div>
      {ring.length > MOST_HANDLES && <p class="help">{text.editPage.tooMany(ring.length)}</p>}
      <p class="spoken" aria-live="polite">
        {inHand !== undefined && picked !== null
          ? text.editPage.movedTo(picked + 1, shown(inHand[1]), shown(inHand[0]))
          : ""}
      </p>
    </>
  );
}

interface RowProps {
  editing: Editing;
  at: CornerAt;
  corner: Corner;
  picked: boolean;
  canRemove: boolean;
}

function CornerRow({ editing, at, corner: [lon, lat], picked, canRemove }: RowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Picked on the map: the arrow keys are to move it. The map stays where it is.
    const elsewhere = !row.current?.contains(document.activeElement);
    if (picked && elsewhere) handle.current?.focus({ preventScroll: true });
  }, [picked]);
  const number = at.corner + 1;
  return (
    <tr ref={row} class={picked ? "picked" : undefined}>
      <th scope="row">
        <button
          ref={handle}
          class="corner-handle"
          type="button"
          aria-label={text.editPage.corner(number)}
          aria-describedby="corners-help"
          aria-pressed={picked}
          onFocus={() => editing.pick(at)}
          onClick={() => editing.pick(at)}
          onKeyDown={(event) => onKey(event, editing, at)}
        >
          {number}
        </button>
      </th>
      <td>
        <Degrees
          label={text.editPage.latitudeOf(number)}
          value={lat}
          most={90}
          onFocus={() => editing.pick(at)}
          onChange={(degrees) => editing.move(at, [lon, degrees])}
        />
      </td>
      <td>
        <Degrees
          label={text.editPage.longitudeOf(number)}
          value={lon}
          most={180}
          onFocus={() => editing.pick(at)}
          onChange={(degrees) => editing.move(at, [degrees, lat])}
        />
      </td>
      <td class="corner-tools">
        <button
          class="plain"
          type="button"
          aria-label={text.editPage.addAfter(number)}
          title={text.editPage.addAfter(number)}
          onClick={() => editing.insertAfter(at)}
        >
          +
        </button>
        <button
          class="plain"
          type="button"
          aria-label={text.editPage.removeCorner(number)}
          title={text.editPage.removeCorner(number)}
          disabled={!canRemove}
          onClick={() => editing.remove(at)}
        >
          −
        </button>
      </td>
    </tr>
  );
}

interface DegreesProps {
  label: string;
  value: number;
  most: number;
  onFocus: () => void;
  onChange: (degrees: number) => void;
}

/** What is no place on earth is not taken: the field shows again what was there. */
function Degrees({ label, value, most, onFocus, onChange }: DegreesProps) {
  function take(field: HTMLInputElement): void {
    const degrees = field.valueAsNumber;
    if (!(Math.abs(degrees) <= most)) field.value = shown(value);
    else if (shown(degrees) !== shown(value)) onChange(degrees);
  }
  return (
    <input
      type="number"
      aria-label={label}
      step="0.00001"
      min={-most}
      max={most}
      value={shown(value)}
      onFocus={onFocus}
      onChange={({ currentTarget }) => take(currentTarget)}
      onKeyDown={(event) => {
        // Enter takes the place; it does not save the hot spot.
        if (event.key !== "Enter") return;
        event.preventDefault();
        take(event.currentTarget);
      }}
    />
  );
}

function onKey(event: KeyboardEvent, editing: Editing, at: CornerAt): void {
  const nudge = NUDGES[event.key];
  if (nudge !== undefined) {
    const metres = event.shiftKey ? LONG_NUDGE_M : NUDGE_M;
    editing.nudge(at, nudge[0] * metres, nudge[1] * metres);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    editing.remove(at);
  } else {
    return;
  }
  event.preventDefault();
}

function shown(degrees: number): string {
  return degrees.toFixed(SHOWN_DECIMALS);
}
