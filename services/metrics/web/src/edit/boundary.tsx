/** Drawing: beginning and ending areas, going back and forth; and the outline in hand. */
import { text } from "../text";
import { Corners } from "./corners";
import type { Editing } from "./editing";
import type { Corner } from "./metres";
import { middleOf, squareAround } from "./metres";
import type { RingAt, Shape } from "./shape";
import { FEWEST_CORNERS, ringAt, ringsOf } from "./shape";

const SQUARE_M = 150;
/** A part that does not count is mostly one building. */
const EXCLUDED_SQUARE_M = 40;
const FIRST: RingAt = { area: 0, ring: 0 };

interface Props {
  editing: Editing;
  /** What is wrong with the boundary, if anything. */
  fault: string | undefined;
  /** The middle of what the map shows. */
  middle: () => Corner;
}

export function DrawingTools({ editing, fault, middle }: Props) {
  const begun = editing.shape.length > 0;
  const drawing = editing.drawing.value;
  return (
    <section aria-labelledby="boundary-title">
      <h2 id="boundary-title" class="spoken">
        {text.editPage.boundary}
      </h2>
      <div class="tools">
        {drawing ? (
          <button class="main" type="button" onClick={() => editing.endDrawing()}>
            {text.editPage.endDrawing}
          </button>
        ) : (
          <Beginnings editing={editing} begun={begun} middle={middle} />
        )}
        <Steps editing={editing} />
      </div>
      {drawing && <p class="hint">{text.editPage.drawingHelp}</p>}
      {!begun && <p class="help">{text.editPage.squareHelp}</p>}
      {fault !== undefined && (
        <p class="fault" tabIndex={-1}>
          {fault}
        </p>
      )}
    </section>
  );
}

/** The outline in hand, corner by corner. */
export function Outline({ editing }: { editing: Editing }) {
  if (editing.shape.length === 0) return null;
  return (
    <section aria-labelledby="outline-title">
      <h2 id="outline-title">{text.editPage.corners}</h2>
      <Outlines editing={editing} />
      <Corners editing={editing} />
    </section>
  );
}

function Beginnings({
  editing,
  begun,
  middle,
}: {
  editing: Editing;
  begun: boolean;
  middle: () => Corner;
}) {
  const unfinished = begun && ringAt(editing.shape, editing.inHand.value).length < FEWEST_CORNERS;
  if (unfinished) {
    return (
      <button class="plain" type="button" onClick={() => editing.goOnDrawing()}>
        {text.editPage.drawOn}
      </button>
    );
  }
  if (!begun) {
    return (
      <>
        <button class="plain" type="button" onClick={() => editing.begin(false)}>
          {text.editPage.drawArea}
        </button>
        <button
          class="plain"
          type="button"
          onClick={() => editing.begin(false, squareAround(middle(), SQUARE_M))}
        >
          {text.editPage.square}
        </button>
      </>
    );
  }
  return (
    <>
      <button class="plain" type="button" onClick={() => editing.begin(false)}>
        {text.editPage.addArea}
      </button>
      <button
        class="plain"
        type="button"
        onClick={() => editing.begin(true, squareAround(inside(editing.shape), EXCLUDED_SQUARE_M))}
      >
        {text.editPage.addExcluded}
      </button>
    </>
  );
}

function Steps({ editing }: { editing: Editing }) {
  const { before, after } = editing.history.value;
  return (
    <>
      <button
        class="plain"
        type="button"
        disabled={before.length === 0}
        onClick={() => editing.undo()}
      >
        {text.editPage.undo}
      </button>
      <button
        class="plain"
        type="button"
        disabled={after.length === 0}
        onClick={() => editing.redo()}
      >
        {text.editPage.redo}
      </button>
    </>
  );
}

/** Which of several outlines is in hand. */
function Outlines({ editing }: { editing: Editing }) {
  const { shape } = editing;
  const rings = ringsOf(shape);
  const { area, ring } = editing.inHand.value;
  if (rings.length < 2) return null;
  return (
    <div class="outlines">
      <label for="outline">{text.editPage.outlines}</label>
      <select
        id="outline"
        value={`${area}/${ring}`}
        onChange={({ currentTarget }) => {
          const at = rings[currentTarget.selectedIndex];
          if (at !== undefined) editing.pick(at);
        }}
      >
        {rings.map((at) => (
          <option key={`${at.area}/${at.ring}`} value={`${at.area}/${at.ring}`}>
            {nameOf(shape, at)}
          </option>
        ))}
      </select>
      <button class="plain" type="button" onClick={() => editing.removeRing({ area, ring })}>
        {text.editPage.removeArea}
      </button>
    </div>
  );
}

/** A place within the boundary, or near it where it bends. */
function inside(shape: Shape): Corner {
  return middleOf(shape.find((area) => !area.excluded)?.rings[0] ?? ringAt(shape, FIRST));
}

/** Areas that count are numbered by themselves, and so are those that do not. */
function nameOf(shape: Shape, { area, ring }: RingAt): string {
  const excluded = shape[area]?.excluded === true;
  const number = shape.slice(0, area + 1).filter((each) => each.excluded === excluded).length;
  return text.editPage.outline(excluded, ring, number);
}
