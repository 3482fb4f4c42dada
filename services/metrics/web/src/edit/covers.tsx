/** What the service says that the boundary would cover, and what others cover of it. */
import type { Overlap, PlaceType, TriedPlace } from "../model";
import { text } from "../text";
import type { Trial } from "../trial";
import { hectareWords, isLarge, metreWords, shareWords, squareMetreWords } from "./areas";

export function Covers({ trial, type }: { trial: Trial<TriedPlace>; type: PlaceType }) {
  const told = trial.last;
  return (
    <section aria-labelledby="covers-title" aria-busy={trial.is === "asking"}>
      <h2 id="covers-title">{text.editPage.covers}</h2>
      {told === null ? (
        <p class="help">{text.editPage.notMeasured}</p>
      ) : (
        <div class={trial.is === "told" ? "covers" : "covers stale"}>
          <dl>
            <Area name={text.editPage.area} m2={told.area_m2} />
            <Area name={text.editPage.ring} m2={told.catchment_area_m2} />
            <div>
              <dt>{text.editPage.around}</dt>
              <dd>{metreWords(told.perimeter_m)}</dd>
            </div>
          </dl>
          {type === "hotspot" && isLarge(told.area_m2) && <p class="hint">{text.editPage.large}</p>}
          {type === "hotspot" && <Overlaps overlaps={told.overlaps} />}
        </div>
      )}
    </section>
  );
}

function Area({ name, m2 }: { name: string; m2: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {squareMetreWords(m2)} <small>{hectareWords(m2)}</small>
      </dd>
    </div>
  );
}

function Overlaps({ overlaps }: { overlaps: readonly Overlap[] }) {
  if (overlaps.length === 0) return <p class="help">{text.editPage.noOverlaps}</p>;
  return (
    <>
      <h3>{text.editPage.overlaps}</h3>
      <ul class="overlaps">
        {overlaps.map(({ hotspot_id, name, ring, area_m2, share }) => (
          <li key={`${hotspot_id}/${ring}`} data-ring={ring}>
            {text.editPage.overlap[ring](name, shareWords(share), squareMetreWords(area_m2))}
          </li>
        ))}
      </ul>
    </>
  );
}
