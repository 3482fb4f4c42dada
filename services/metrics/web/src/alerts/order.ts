/** Which alerts come first. Pure. */
import type { Alert, AlertKind } from "../model";

const GRAVEST_FIRST: AlertKind[] = ["outage", "lost", "missed", "no_patrol"];

export interface Sorted {
  /** The gravest first, and of one kind the newest. */
  open: Alert[];
  /** Somebody looks at these: the newest word first. */
  acknowledged: Alert[];
}

export function sorted(alerts: Iterable<Alert>): Sorted {
  const all = [...alerts];
  const open = all.filter(({ acknowledged }) => acknowledged === null);
  const acknowledged = all.filter((alert) => alert.acknowledged !== null);
  return {
    open: open.toSorted(
      (a, b) =>
        GRAVEST_FIRST.indexOf(a.kind) - GRAVEST_FIRST.indexOf(b.kind) ||
        Date.parse(b.since) - Date.parse(a.since) ||
        a.alert_id.localeCompare(b.alert_id),
    ),
    acknowledged: acknowledged.toSorted(
      (a, b) => saidAt(b) - saidAt(a) || a.alert_id.localeCompare(b.alert_id),
    ),
  };
}

function saidAt({ acknowledged }: Alert): number {
  return acknowledged === null ? 0 : Date.parse(acknowledged.at);
}
