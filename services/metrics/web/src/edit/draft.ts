/** The form of a hot spot or blackspot, to and from what the service takes. Pure. */
import { isId } from "../ids";
import type { HeldPlace, PlaceFeature, PlaceType } from "../model";
import { text } from "../text";
import { numberOf } from "../written";
import { instantOf, localOf } from "../zone";
import type { Shape } from "./shape";
import { excludesOf, geometryOf, isWhole } from "./shape";

/** What stands in the fields, right or wrong. */
export interface Draft {
  id: string;
  name: string;
  type: PlaceType;
  catchment: string;
  /** A local date and time; null for now. */
  from: string | null;
}

export type DraftField = "id" | "name" | "catchment" | "from" | "boundary";
/** What is wrong, field by field. */
export type Faults = Partial<Record<DraftField, string>>;

const USUAL_CATCHMENT_M = "100";
/** Stand in for what is not written yet, so that what is drawn can be measured already. */
const UNNAMED = "-";

export const EMPTY: Draft = {
  id: "",
  name: "",
  type: "hotspot",
  catchment: USUAL_CATCHMENT_M,
  from: null,
};

/**
 * The form of a version. A change to what is in force at `now` (epoch milliseconds) holds from now on
 * unless another time is given, and one to what is to come from when that was to hold.
 */
export function draftOf({ id, properties }: HeldPlace, now: number, timeZone: string): Draft {
  const { name, type, catchment_m } = properties;
  const since = Date.parse(properties.effective_from);
  const from = since > now ? localOf(since, timeZone) : null;
  return { id, name, type, catchment: String(catchment_m), from };
}

/** What is wrong already here; `taken` tells the ids that others have. */
export function faultsOf(draft: Draft, shape: Shape, taken: (id: string) => boolean): Faults {
  const faults: Faults = {};
  if (draft.name.trim() === "") faults.name = text.editPage.noName;
  if (!isId(draft.id)) faults.id = text.forms.badId;
  else if (taken(draft.id)) faults.id = text.forms.idTaken;
  if (Number.isNaN(numberOf(draft.catchment))) faults.catchment = text.forms.noNumber;
  if (draft.from !== null && instantOf(draft.from, "UTC") === null) faults.from = text.forms.noTime;
  if (!isWhole(shape)) faults.boundary = text.editPage.notWhole;
  return faults;
}

/** What the service said is wrong: by field, and what is of no field. */
export function faultsSaid(errors: readonly { field: string; message: string }[]): {
  faults: Faults;
  rest: string[];
} {
  const faults: Faults = {};
  const rest: string[] = [];
  for (const { field, message } of errors) {
    const ours = fieldOf(field) ?? (message.startsWith("properties.excludes") ? "boundary" : null);
    if (ours === null) rest.push(field === "" ? message : `${field}: ${message}`);
    else faults[ours] ??= message;
  }
  return { faults, rest };
}

/** What the service is told. Only of a draft whose catchment, time and boundary have no fault. */
export function featureOf(draft: Draft, shape: Shape, timeZone: string): PlaceFeature {
  const from = draft.from === null ? null : instantOf(draft.from, timeZone);
  return {
    type: "Feature",
    geometry: geometryOf(shape),
    properties: {
      name: draft.name.trim(),
      type: draft.type,
      catchment_m: numberOf(draft.catchment),
      excludes: excludesOf(shape),
      ...(from === null ? {} : { effective_from: new Date(from).toISOString() }),
    },
  };
}

/**
 * Where to try a draft, and what to send; null while it cannot be measured. Name and id may still be
 * missing.
 */
export function trialOf(
  draft: Draft,
  shape: Shape,
  timeZone: string,
): { path: string; body: PlaceFeature } | null {
  const { catchment, from, boundary } = faultsOf(draft, shape, () => false);
  if (catchment ?? from ?? boundary) return null;
  const name = draft.name.trim() === "" ? UNNAMED : draft.name;
  return {
    path: `${addressOf(isId(draft.id) ? draft.id : UNNAMED)}?dry_run=1`,
    body: featureOf({ ...draft, name }, shape, timeZone),
  };
}

export function addressOf(id: string): string {
  return `/v1/hotspots/${encodeURIComponent(id)}`;
}

/** Which field of the form a field of the service's is in; null where in none. */
function fieldOf(wire: string): DraftField | null {
  const [first = "", second = ""] = wire.split(".");
  if (first === "hotspot_id" || first === "id") return "id";
  if (first === "geometry" || second === "excludes") return "boundary";
  if (second === "name") return "name";
  if (second === "catchment_m") return "catchment";
  return second === "effective_from" ? "from" : null;
}
