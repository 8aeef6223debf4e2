import { backoff } from "./backoff";
import { guard, warn } from "./guard";
import type { Outbox } from "./outbox";
import { type Outcome, post } from "./post";

/** Events tracked together travel together, and the answer's actions still come at once. */
const GATHER_MS = 10;
/** Browsers take at most 64 KiB from a page that is going away. */
const BATCH_BYTES = 60_000;

export interface Sender {
  /** Send soon. */
  soon(): void;
  /** Send now, unless the server has asked for a pause. */
  now(): void;
  /** Hand everything to the browser: the page is going away. */
  leave(): void;
}

export interface SenderOptions {
  url: string;
  writeKey: string;
  outbox: Outbox;
  allowed: () => boolean;
  onAnswer: (answer: unknown) => void;
}

/** The oldest events that fit, of one person: the server decides on nothing in a batch that names several. */
function firstBatch(events: readonly string[], most: number): string[] {
  const batch: string[] = [];
  let bytes = 200; // what surrounds the events
  let device: string | undefined;
  let user: string | null = null;
  for (const event of events) {
    const { anonymousId, userId } = JSON.parse(event) as { anonymousId: string; userId: string | null };
    const another = anonymousId !== device || (user && userId && user !== userId);
    bytes += new Blob([event]).size + 1;
    if (batch.length && (another || bytes > BATCH_BYTES || batch.length >= most)) break;
    batch.push(event);
    device = anonymousId;
    user = userId || user;
  }
  return batch;
}

/** Whether the server read the batch and refused each event, not the batch, which one bad event may have spoiled. */
function namesEach(answer: unknown): boolean {
  return !!(answer as { refused?: unknown } | undefined)?.refused;
}

/** Send the outbox in order, one request at a time, until the server has taken or refused every event. */
export function createSender({ url, writeKey, outbox, allowed, onAnswer }: SenderOptions): Sender {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inFlight: string[] = [];
  let attempt = 0;
  let notBefore = 0;
  let held = false; // by the server's Retry-After, which nothing shortens
  let most = Number.POSITIVE_INFINITY;

  const body = (events: readonly string[]) =>
    `{"writeKey":"${writeKey}","sentAt":"${new Date().toISOString()}","batch":[${events.join()}]}`;

  function after(wait: number): void {
    clearTimeout(timer);
    timer = setTimeout(guard(flush), Math.max(wait, notBefore - Date.now()));
  }

  async function flush(): Promise<void> {
    timer = undefined;
    if (inFlight.length || !allowed()) return;
    inFlight = firstBatch(outbox.waiting(), most);
    if (!inFlight.length) return;
    // The next try goes without keepalive: the page may have spent its quota on something else.
    const outcome = await post(url, { body: body(inFlight), keepalive: attempt === 0 });
    const sent = inFlight;
    inFlight = [];
    if (!allowed()) return;
    if (outcome.kind === "again") {
      held = outcome.wait > 0;
      const wait = Math.max(backoff(attempt++), outcome.wait);
      notBefore = Date.now() + wait;
      outbox.lease(wait);
    } else {
      attempt = notBefore = 0;
      settle(sent, outcome);
    }
    after(0);
  }

  function settle(sent: string[], outcome: Exclude<Outcome, { kind: "again" }>): void {
    const whole = outcome.kind === "refused" && [400, 413].includes(outcome.status) && !namesEach(outcome.answer);
    if (whole && sent.length > 1) {
      most = sent.length >> 1;
      return;
    }
    most = Number.POSITIVE_INFINITY;
    outbox.remove(sent);
    if (outcome.kind === "accepted") onAnswer(outcome.answer);
    else warn("refused", outcome.status, outcome.answer);
  }

  return {
    soon() {
      timer ?? after(GATHER_MS);
    },
    now() {
      if (!held) notBefore = 0;
      after(0);
    },
    leave() {
      let waiting = outbox.waiting().filter((event) => !inFlight.includes(event));
      while (allowed() && notBefore <= Date.now() && waiting.length) {
        const batch = firstBatch(waiting, most);
        if (!navigator.sendBeacon(url, body(batch))) break;
        waiting = waiting.slice(batch.length);
      }
      // A beacon has no answer: the events stay for the next page, and the server knows them by their messageId.
      outbox.release();
    },
  };
}
