/** Where an alert is on the map. Pure. */
import type { Selection } from "../board/selection";
import type { Board } from "../live/board";
import type { Alert } from "../model";

/** The unit where it was last, else the hot spot; null where the map shows neither. */
export function placeOf(alert: Alert, board: Board): Selection {
  const radio = alert.radio_id ?? alert.radios.find((id) => isDrawn(board, id));
  if (radio !== undefined && isDrawn(board, radio)) return { kind: "unit", id: radio };
  const { hotspot_id: hotspot } = alert;
  if (hotspot !== null && board.hotspots.get(hotspot) !== undefined) {
    return { kind: "hotspot", id: hotspot };
  }
  return null;
}

function isDrawn(board: Board, radioId: string): boolean {
  const lat = board.units.get(radioId)?.lat;
  return lat !== undefined && lat !== null;
}
