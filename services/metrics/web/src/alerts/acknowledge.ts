/** Telling the service, and so every screen, that somebody looks after an alert. */
import { inWords, send } from "../api";
import type { Alert } from "../model";
import { text } from "../text";

/** Null when it was taken, else why it was not, in words. */
export async function acknowledge(alert: Alert, note: string): Promise<string | null> {
  try {
    await send("POST", "/v1/feedback", said(alert, note.trim()));
    return null;
  } catch (problem) {
    return inWords(problem, text.alerts.unreachable);
  }
}

function said(alert: Alert, note: string) {
  const { alert_id: thread_id, episode_id, hotspot_id } = alert;
  const about = episode_id === null ? { hotspot_id } : { episode_id };
  return { thread_id, kind: "acknowledge", about, ...(note === "" ? {} : { text: note }) };
}
