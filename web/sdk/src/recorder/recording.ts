import { record } from "@rrweb/record";
import { guard, warn } from "../core/guard";
import type { Session } from "../core/session";
import { watchClicks } from "./clicks";
import { isAnswer, isByHand, isFocus, isPassing } from "./event-kind";
import { FULL_SNAPSHOT, maskEvent, type RecordedEvent } from "./mask-event";
import { createPending } from "./pending";
import { type Tell, watchErrors, watchRequests } from "./problems";
import type { RecorderHost, Recording } from "./recorder-chunk";
import type { Setting } from "./setting";
import type { Tab } from "./tab";
import { createUploader } from "./uploader";

const CHUNK_MS = 5000;
/** While somebody watches, and how long after the server has said so. */
const WATCHED_CHUNK_MS = 1000;
const WATCHED_MS = 30_000;
/** Soon, since a replay shows nothing without it; not at once, since the style sheets follow it. */
const SNAPSHOT_MS = 500;
const SNAPSHOT_EVERY_MS = 30_000;
const TOUCH_MS = 5000;
/** How long a session is taken for the one that it was: looking costs a read of the device's store. */
const LOOK_MS = 100;
/** Of each kind, on one page. */
const MOST_TOLD = 20;

/** What outlives a recording that stops and starts again on one page. */
export interface Page {
  readonly tab: Tab;
  /** How many problems of each kind were told. */
  readonly told: Record<string, number>;
  /** The session that has had all it may have. */
  spent: string;
  /** The server wants nothing from here. */
  refused: boolean;
}

export interface Running {
  /** Do what a later answer says: send, or go on as before. */
  ask(recording: Recording): void;
  stop(keep: boolean): void;
}

const isSendingMode = ({ mode }: Recording) => mode !== "buffer";

/** Record a page's session and the problems on it, until it is stopped or has had what it may have. */
export function startRecording(
  { host, writeKey, anonymousId, sessions, track, recording }: RecorderHost,
  setting: Setting,
  page: Page,
  firstSession: Session,
  onStop: () => void,
): Running {
  const { tab } = page;
  const pending = createPending();
  let session = firstSession;
  let visitor = anonymousId();
  let startedAt = Date.now();
  let touchedAt = startedAt;
  let lookedAt = 0;
  let watchedUntil = 0;
  let wanted = isSendingMode(recording);
  // What has been sent once is sent to its end, on all pages of the session.
  let sending = wanted || !!session.recordedFrom;
  /** Something has changed while nobody could see the page. */
  let missed = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  tab.resume();
  const uploader = createUploader({
    onBytes(bytes) {
      if (tab.spend(session.id, bytes) > setting.maxBytes) end("size");
    },
    onWatched() {
      watchedUntil = Date.now() + WATCHED_MS;
      if (timer !== undefined) schedule(WATCHED_CHUNK_MS);
    },
    onRefused() {
      page.refused = true;
      stop(false);
    },
  });
  tab.takeLeftovers().forEach(uploader.add);

  function schedule(wait: number): void {
    clearTimeout(timer);
    timer = setTimeout(guard(flush), wait);
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!sending) return;
    const query = new URLSearchParams({ writeKey, anonymousId: visitor });
    const url = `${host}/v1/replay/${session.id}?${query}`;
    for (const json of pending.take()) {
      uploader.add({ url, tab: tab.id, seq: tab.nextSequence(session.id), json });
    }
  }

  function ask(asked: Recording): void {
    wanted = isSendingMode(asked);
    if (wanted) send(sessions.peek());
  }

  /** Send from now on, with what the buffer holds, unless another tab has begun: a session has one beginning. */
  function send(current: Session | undefined): void {
    if (sending) return;
    sending = true;
    if (current?.recordedFrom) {
      pending.take();
      record.takeFullSnapshot();
    } else sessions.recordedFrom(pending.from() ?? Date.now());
    flush();
  }

  function enter(next: Session, at: number): void {
    pending.take();
    session = next;
    visitor = anonymousId();
    startedAt = at;
    sending = wanted || !!session.recordedFrom;
    record.takeFullSnapshot();
  }

  /** Whether an event belongs to the recording: not while the session has ended, and not when a new one has begun. */
  function belongs(event: RecordedEvent): boolean {
    const { timestamp } = event;
    if (timestamp - lookedAt < LOOK_MS) return true;
    let current = sessions.peek();
    if (isByHand(event) && (!current || timestamp - touchedAt > TOUCH_MS)) {
      current = sessions.touch();
      touchedAt = timestamp;
    }
    if (current?.id === session.id) {
      lookedAt = timestamp;
      if (sending || !current.recordedFrom) return true;
      // Another tab's is. The snapshot that begins this tab's part shows the event, too.
      send(current);
      return false;
    }
    flush();
    if (current) enter(current, timestamp);
    return false;
  }

  function keep(event: RecordedEvent): void {
    const snapshot = event.type === FULL_SNAPSHOT;
    const find = (id: number) => record.mirror.getNode(id) as Element | null;
    const write = () => JSON.stringify(maskEvent(event, find, setting.label));
    pending.add(event, snapshot ? write : write(), sending ? undefined : setting.bufferMs);
    if (sending) sendSoon(event, snapshot);
  }

  function sendSoon({ timestamp }: RecordedEvent, snapshot: boolean): void {
    if (!session.recordedFrom) {
      sessions.recordedFrom(timestamp);
      session = sessions.peek() ?? session;
    }
    if (pending.full()) flush();
    else if (snapshot) schedule(SNAPSHOT_MS);
    else if (timer === undefined) schedule(timestamp < watchedUntil ? WATCHED_CHUNK_MS : CHUNK_MS);
  }

  const emit = guard((event: RecordedEvent) => {
    if (isAnswer(event)) clicks.happened(isFocus(event));
    if (document.hidden) missed ||= !isPassing(event);
    else if (belongs(event)) {
      keep(event);
      if (event.timestamp - startedAt > setting.maxMs) end("time");
    }
  });

  function note(payload: object): void {
    try {
      record.addCustomEvent("kizuki", payload);
    } catch {
      // The document is still being read: there is no recording yet that it could stand in.
    }
  }

  /** The session has had what it may have. */
  function end(reason: "size" | "time"): void {
    if (page.spent === session.id) return;
    page.spent = session.id;
    note({ kind: "stopped", reason });
    stop(true);
  }

  const tell: Tell = guard((kind, properties, event) => {
    // Nobody is there to see it: an event would make it a visit.
    if (stopped || document.hidden || sessions.peek()?.id !== session.id) return;
    const count = (page.told[kind] ?? 0) + 1;
    page.told[kind] = count;
    if (count > MOST_TOLD) return;
    note({ kind, ...properties });
    if (event) track(event, properties);
  });
  const clicks = watchClicks(tell, setting.block);
  const unwatch = [clicks.stop, watchErrors(tell), watchRequests(`${host}/v1/`, () => clicks.happened(), tell)];

  const leave = guard(() => {
    flush();
    tab.leave(uploader.leave());
    // A page that comes back starts anew.
    stop(false);
  });
  const turn = guard(() => {
    clicks.happened();
    if (document.hidden) flush();
    else if (missed) {
      missed = false;
      record.takeFullSnapshot();
    }
  });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", turn);

  const stopRrweb = record({
    emit: emit as never,
    checkoutEveryNms: sending ? SNAPSHOT_EVERY_MS : Math.min(SNAPSHOT_EVERY_MS, setting.bufferMs),
    maskAllInputs: true,
    maskInputFn: setting.typed,
    maskTextFn: setting.text as never,
    blockSelector: setting.block,
    slimDOMOptions: true,
    sampling: { scroll: 150, media: 800, input: "last" },
    errorHandler: (error) => {
      warn(error);
      return true;
    },
  });

  function stop(keepUnsent: boolean): void {
    stopped = true;
    for (const each of unwatch) each();
    stopRrweb?.();
    if (keepUnsent) flush();
    else uploader.discard();
    clearTimeout(timer);
    removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", turn);
    onStop();
  }

  return { ask, stop };
}
