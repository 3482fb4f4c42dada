/** The list of what can be changed: hot spots, as they are live, and blackspots, as they were read. */
import { useSignal } from "@preact/signals";
import { Find, matches } from "../parts/find";
import { text } from "../text";
import { useWatch } from "../watch";
import type { Blackspot, Blackspots } from "./blackspots";

export function Places({ blackspots }: { blackspots: Blackspots }) {
  const { live } = useWatch();
  live.beat.value; // read again when the board changed
  const wanted = useSignal("");
  const hotspots = live.board.hotspots.sorted().map(({ hotspot_id, name }) => ({
    id: hotspot_id,
    name,
  }));
  const found = (places: readonly Blackspot[]) =>
    places.filter(({ name }) => matches(name, wanted.value));
  return (
    <>
      <h1>{text.editPage.title}</h1>
      <p class="help">{text.editPage.help}</p>
      <a class="main" href="/edit?new=1">
        {text.editPage.draw}
      </a>
      <Find class="find" label={text.editPage.find} wanted={wanted} />
      <h2>{text.editPage.hotspots}</h2>
      <PlaceList places={found(hotspots)} none={noneOf(hotspots, text.editPage.noHotspots)} />
      <h2>{text.editPage.blackspots}</h2>
      {blackspots === "unknown" ? (
        <p class="help" role="alert">
          {text.editPage.blackspotsUnknown}
        </p>
      ) : (
        <PlaceList
          places={found(blackspots ?? [])}
          none={noneOf(blackspots ?? [], text.editPage.noBlackspots)}
        />
      )}
    </>
  );
}

function noneOf(all: readonly Blackspot[], none: string): string {
  return all.length === 0 ? none : text.noMatch;
}

function PlaceList({ places, none }: { places: readonly Blackspot[]; none: string }) {
  if (places.length === 0) return <p class="help">{none}</p>;
  return (
    <ul class="places">
      {places.map((place) => (
        <li key={place.id}>
          <a href={addressOf(place)}>
            {place.name}
            {place.from !== undefined && <small>{text.editPage.toCome}</small>}
          </a>
        </li>
      ))}
    </ul>
  );
}

function addressOf({ id, from }: Blackspot): string {
  const address = `/edit/${encodeURIComponent(id)}`;
  return from === undefined ? address : `${address}?at=${encodeURIComponent(from)}`;
}
