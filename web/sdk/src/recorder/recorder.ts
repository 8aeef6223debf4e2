/** The lazily loaded part that records the session, in rrweb's own format. */
import type { RecorderHost } from "./recorder-chunk";
import { type Page, type Running, startRecording } from "./recording";
import { settingOf } from "./setting";
import { openTab } from "./tab";

// One per page: a recording that stops and starts again goes on counting.
let page: Page | undefined;
let running: Running | undefined;

export function stop(keep: boolean): void {
  running?.stop(keep);
}

export function take(host: RecorderHost): void {
  if (running) {
    running.ask(host.recording);
    return;
  }
  page ??= { tab: openTab(), told: {}, spent: "", refused: false };
  if (page.refused) return;
  const session = host.sessions.touch();
  const setting = settingOf(host.recording);
  if (page.spent === session.id || page.tab.spend(session.id, 0) > setting.maxBytes) return;
  running = startRecording(host, setting, page, session, () => {
    running = undefined;
  });
}
