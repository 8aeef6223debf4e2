/** The lazily loaded part that records the session, in rrweb's own format. */
import { record } from "@rrweb/record";
import { guard, warn } from "../core/guard";
import type { Session } from "../core/session";
import { FULL_SNAPSHOT, INCREMENTAL, INPUT, maskEvent, type RecordedEvent } from "./mask-event";
import type { RecorderHost } from "./recorder-chunk";
import { openTab, type Tab } from "./tab";
import { createUploader } from "./uploader";

const CHUNK_MS = 5000;
/** Soon, since a replay shows nothing without it; not at once, since the style sheets follow it. */
const SNAPSHOT_MS = 500;
const SNAPSHOT_EVERY_MS = 30_000;
/** Stays under the server's limit even when nothing in it can be compressed. */
const CHUNK_CHARACTERS = 600_000;
const TOUCH_MS = 5000;

/** What only a person does: mouse and touch moves, clicks, input, drags. Scrolling a carousel does on its own. */
const BY_HAND = [1, 2, INPUT, 6, 12];

const TYPED =
  '[contenteditable]:not([contenteditable="false"]), [role="textbox"], option, textarea, [data-kizuki-mask]';

function maskTyped(text: string, element?: HTMLElement): string {
  const password = element instanceof HTMLInputElement && element.type === "password";
  if (!password && element?.closest("[data-kizuki-unmask]")) return text;
  return "*".repeat(text && password ? 8 : Math.min(text.length, 40));
}

// One per page: a recording that stops and starts again goes on counting.
let tab: Tab | undefined;

/** Record until the result is called; it is told whether to keep what has not been sent. */
export function start({ host, writeKey, anonymousId, sessions }: RecorderHost): (keep: boolean) => void {
  tab ??= openTab();
  const here = tab;
  here.resume();
  const uploader = createUploader(() => stop(false));
  here.takeLeftovers().forEach(uploader.add);

  let session: Session = sessions.touch();
  let visitor = anonymousId();
  let touchedAt = Date.now();
  let events: string[] = [];
  let characters = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!events.length) return;
    const query = new URLSearchParams({
      writeKey,
      anonymousId: visitor,
      tab: here.id,
      seq: String(here.nextSequence(session.id)),
    });
    const json = `[${events.join()}]`;
    events = [];
    characters = 0;
    uploader.add({ url: `${host}/v1/replay/${session.id}?${query}`, json });
  }

  /** Whether an event belongs to the recording: not while the session has ended, and not when a new one has begun. */
  function belongs(event: RecordedEvent): boolean {
    const byHand = event.type === INCREMENTAL && BY_HAND.includes((event.data as { source: number }).source);
    let current = sessions.peek();
    if (byHand && (!current || event.timestamp - touchedAt > TOUCH_MS)) {
      current = sessions.touch();
      touchedAt = event.timestamp;
    }
    if (current?.id === session.id) return true;
    flush();
    if (!current) return false;
    session = current;
    visitor = anonymousId();
    record.takeFullSnapshot();
    return false;
  }

  const take = guard((event: RecordedEvent) => {
    if (!belongs(event)) return;
    sessions.recordedFrom(event.timestamp);
    const json = JSON.stringify(maskEvent(event, (id) => record.mirror.getNode(id) as Element | null));
    events.push(json);
    characters += json.length;
    if (characters > CHUNK_CHARACTERS) flush();
    else if (event.type === FULL_SNAPSHOT) schedule(SNAPSHOT_MS);
    else if (timer === undefined) schedule(CHUNK_MS);
  });

  function schedule(wait: number): void {
    clearTimeout(timer);
    timer = setTimeout(guard(flush), wait);
  }

  const leave = guard(() => {
    flush();
    here.leave(uploader.leave());
  });
  const hide = guard(() => document.hidden && flush());
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hide);

  const stopRecording = record({
    emit: take as never,
    checkoutEveryNms: SNAPSHOT_EVERY_MS,
    maskAllInputs: true,
    maskInputFn: maskTyped,
    maskTextSelector: TYPED,
    blockSelector: "[data-kizuki-block]",
    slimDOMOptions: true,
    sampling: { scroll: 150, media: 800, input: "last" },
    errorHandler: (error) => {
      warn(error);
      return true;
    },
  });

  function stop(keep: boolean): void {
    stopRecording?.();
    if (keep) flush();
    else uploader.discard();
    clearTimeout(timer);
    removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", hide);
  }
  return stop;
}
