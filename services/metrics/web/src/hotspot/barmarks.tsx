/** A visit drawn: what is certain is solid, what is not is hatched, what is unknown is a gap. */
import type { Span } from "../span";
import type { Bar } from "./lanes";
import { place } from "./scale";

/** In pixels. */
const HEIGHT = 13;

export function BarMarks({ bar, axis, y }: { bar: Bar; axis: Span; y: number }) {
  const rect = ({ from, to }: Span) => {
    const x = place(axis, from);
    const width = Math.round((place(axis, to) - x) * 1000) / 1000;
    return { key: from, x: `${x}%`, width: `${width}%`, y, height: HEIGHT };
  };
  const middle = y + HEIGHT / 2;
  return (
    <>
      {bar.unknown.map(({ from, to }) => (
        <line
          key={from}
          class="bar-unknown"
          x1={`${place(axis, from)}%`}
          x2={`${place(axis, to)}%`}
          y1={middle}
          y2={middle}
        />
      ))}
      {bar.other.map((span) => (
        <rect class="bar-other" {...rect(span)} />
      ))}
      {bar.uncertain.map((span) => (
        <g key={span.from}>
          <rect class="bar-uncertain" {...rect(span)} />
          <rect fill="url(#hatch)" {...rect(span)} />
        </g>
      ))}
      {bar.certain.map((span) => (
        <rect class="bar-certain" {...rect(span)} />
      ))}
      <Ends bar={bar} axis={axis} y={y} />
    </>
  );
}

/** Where the estimate begins and ends, between what is certain and what may be. */
function Ends({ bar, axis, y }: { bar: Bar; axis: Span; y: number }) {
  const [first, last] = [bar.estimate[0], bar.estimate.at(-1)];
  if (first === undefined || last === undefined) return null;
  return (
    <>
      {[first.from, last.to].map((at) => (
        <line
          key={at}
          class="bar-end"
          x1={`${place(axis, at)}%`}
          x2={`${place(axis, at)}%`}
          y1={y - 1}
          y2={y + HEIGHT + 1}
        />
      ))}
    </>
  );
}
