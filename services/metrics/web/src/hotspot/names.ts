/** Who a radio was at a time: by the duty then, or else as the unit is called now. */
import { useCallback } from "preact/hooks";
import type { Duty } from "../model";
import { nameOf } from "../model";
import { useWatch } from "../watch";

export interface Name {
  callSign: string;
  team: string | null;
}

export type Names = (radioId: string, at: number) => Name;

export function useNames(duties: readonly Duty[]): Names {
  const { board } = useWatch().live;
  return useCallback(
    (radioId, at) => {
      const duty = dutyAt(radioId, at, duties);
      const unit = board.units.get(radioId);
      const now = unit === undefined ? radioId : nameOf(unit);
      return { callSign: duty?.call_sign ?? now, team: duty?.team ?? null };
    },
    [board, duties],
  );
}

/** Whose radio it was then. */
export function dutyAt(radioId: string, at: number, duties: readonly Duty[]): Duty | null {
  const holds = (duty: Duty) =>
    duty.radio_id === radioId && Date.parse(duty.from) <= at && at < Date.parse(duty.to);
  return duties.find(holds) ?? null;
}
