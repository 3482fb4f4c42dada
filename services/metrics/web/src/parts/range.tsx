/** A duration drawn as its range on an axis common to all rows: a bar from low to high, a mark at the estimate. */
import type { Minutes } from "../model";

const WIDTH = 100;
const HEIGHT = 6;
/** So that a range of nothing can still be seen. */
const THINNEST = 1.5;

/** `axis` is the axis' length in minutes, `planned` the minutes that were due, if any. */
export function RangeBar({
  minutes,
  axis,
  planned,
}: {
  minutes: Minutes;
  axis: number;
  planned?: number;
}) {
  const x = (value: number) => (Math.min(value, axis) / axis) * WIDTH;
  const { low, estimate, high } = minutes;
  return (
    <svg class="range" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <Bar class="range-track" at={0} width={WIDTH} />
      {high > 0 && (
        <>
          <Bar class="range-bar" at={x(low)} width={Math.max(x(high) - x(low), THINNEST)} />
          <Bar class="range-mark" at={Math.max(x(estimate) - THINNEST / 2, 0)} width={THINNEST} />
        </>
      )}
      {planned !== undefined && planned > 0 && (
        <Bar class="range-planned" at={Math.max(x(planned) - 1, 0)} width={1} />
      )}
    </svg>
  );
}

function Bar({ class: className, at, width }: { class: string; at: number; width: number }) {
  return (
    <rect class={className} x={at.toFixed(2)} width={width.toFixed(2)} height={HEIGHT} rx={1} />
  );
}
