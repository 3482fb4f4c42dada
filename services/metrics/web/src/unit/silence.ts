/** Episodes of silence as somebody reads them who was not heard. Pure. */
import type { Signal, Timesheet } from "../model";
import type { Span } from "../span";
import { overlap } from "../span";
import { text } from "../text";

/** Since when nothing came, as far as is known, and until when. */
export function silenceOf(signal: Signal, until: number): Span {
  const { last_heard_at, declared_at, ended_at } = signal;
  return {
    from: Date.parse(last_heard_at ?? declared_at),
    to: ended_at === null ? Math.max(until, Date.parse(declared_at)) : Date.parse(ended_at),
  };
}

/** Whether an episode is of this radio, alone or with others of its area. */
export function isOfRadio(signal: Signal, radioId: string): boolean {
  return signal.radio_id === radioId || signal.radios.includes(radioId);
}

/**
 * The episodes that concern a radio's stretch of time: its own, those of its area, those of the
 * pipeline, and those by which its sheets explain unknown time (so they are of its own source).
 */
export function silencesIn(
  stretch: Span,
  radioId: string,
  signals: readonly Signal[],
  sheets: readonly Timesheet[],
): Signal[] {
  const named = new Set(
    sheets.flatMap((sheet) => sheet.unknown.flatMap((each) => each.episode_ids)),
  );
  const known = new Map(signals.map((signal) => [signal.episode_id, signal]));
  const concerned = [...known.values()].filter(
    (signal) =>
      isOfRadio(signal, radioId) || signal.cause === "pipeline" || named.has(signal.episode_id),
  );
  return concerned
    .filter((signal) => overlap(stretch, silenceOf(signal, stretch.to)) !== null)
    .sort((a, b) => silenceOf(a, 0).from - silenceOf(b, 0).from);
}

/** Whose fault it was, in words. */
export function causeOf({ cause, reason, radios }: Signal): string {
  const words = text.unitPage.causes;
  const because = reason === null ? null : reason.replaceAll("_", " ");
  switch (cause) {
    case "unexpected":
      return words.unexpected;
    case "explained":
      return words.explained(because);
    case "source":
      return words.source(because);
    case "pipeline":
      return words.pipeline;
    case "area":
      return words.area(radios.length);
  }
}
