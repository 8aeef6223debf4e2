import type { Actions, ActionsChunk, ActionsHost, Answer } from "../actions/chunk";
import type { Command, Consent, IdentifyOptions, Kizuki, Properties, Traits, User } from "../public";
import type { RecorderChunk, Recording } from "../recorder/recorder-chunk";
import type { Config } from "./config";
import { initialConsent, isRefused, rememberConsent } from "./consent";
import { currentPage, eventContext } from "./context";
import { guard, warn } from "./guard";
import { createIdentity } from "./identity";
import { uuid } from "./ids";
import { toJson } from "./json";
import { chunkLoader } from "./load-chunk";
import { onPageChange } from "./on-page-change";
import { createOutbox } from "./outbox";
import { createSender } from "./sender";
import { createSessions } from "./session";
import { createStore, localDisk, tabDisk } from "./store";
import { trust } from "./trust";

/** Start the tag: `target` holds the calls made so far, and takes those to come. */
export function startTag(config: Config, target: Command[] & Kizuki): User {
  const disk = localDisk();
  const store = createStore(disk);
  const identity = createIdentity(store);
  const sessions = createSessions(store, Date.now);
  const outbox = createOutbox(store, config.writeKey, Date.now);
  const trusted = trust();
  const loadChunk = chunkLoader(config, trusted);
  let consent = initialConsent(config, disk);
  let referrer = document.referrer;
  let wantsReplay = config.replay;
  // The address that was opened: an app may have cleaned it.
  const opened = performance.getEntriesByType("navigation")[0]?.name ?? location.href;
  const token = /[?&]kizuki_preview=([^&#]+)/.exec(opened)?.[1];
  const begun = token ? "preview" : begunBefore();
  let actions: Actions | undefined;
  let recorder: RecorderChunk | undefined;
  /** What the server has said of recording; nothing before its first answer. */
  let recording: Recording | undefined;

  const sender = createSender({
    url: `${config.host}/v1/batch`,
    writeKey: config.writeKey,
    outbox,
    allowed: () => consent === "granted",
    onAnswer: guard((answer) => {
      const { refused, ...said } = (answer ?? {}) as Answer & { refused?: unknown[]; recording?: Recording };
      if (refused?.length) warn("refused", refused);
      recording = said.recording ?? recording ?? {};
      record();
      if (actions || said.actions?.length || said.watch?.length) return act(said);
    }),
  });

  /** Show and watch for what was answered: with the part of the tag that can, which most pages never need. */
  async function act(answer: Answer): Promise<void> {
    const { start } = await loadChunk<ActionsChunk>("actions");
    if (consent === "denied") return;
    actions ??= start({
      ...config,
      begun,
      token,
      silent: begun === "preview",
      trust: (html) => trusted.createHTML(html),
      track,
      identify: (traits) => send("identify", { traits }),
      leave: sender.leave,
      load: loadChunk,
    });
    actions.take(answer);
  }

  /** What proves the member to the server: kept for this page only, sent with every event. */
  let userToken: string | undefined;

  function send(type: string, fields: object): void {
    if (consent === "denied") return;
    const now = Date.now();
    const session = sessions.touch();
    const event = {
      type,
      messageId: uuid(),
      timestamp: new Date(now).toISOString(),
      anonymousId: identity.anonymousId(),
      userId: identity.userId(),
      ...fields,
      context: eventContext({ session, referrer, recording: wantsReplay, userToken, now }),
    };
    outbox.add(toJson(event));
    sender.soon();
  }

  function track(event: string, properties: Properties = {}): void {
    if (event) send("track", { event, properties });
    else warn("track() without name");
  }

  function page(...args: unknown[]): void {
    const names = args.filter((arg) => typeof arg === "string");
    const given = args.find((arg) => typeof arg === "object") as Properties | undefined;
    const name = names.pop();
    const category = names.pop();
    send("page", { name, category, properties: { ...currentPage(referrer), name, category, ...given } });
  }

  /** Record where the page asks for it and the server agrees; the recorder knows what it does already. */
  function record(wanted = wantsReplay): void {
    wantsReplay = wanted;
    const asked = () => wantsReplay && consent === "granted" && recording?.mode !== "off" && recording;
    const go = guard((loaded?: RecorderChunk) => {
      recorder = loaded;
      const agreed = asked();
      if (agreed) loaded?.take({ ...config, recording: agreed, anonymousId: identity.anonymousId, sessions, track });
      else loaded?.stop(true);
    });
    if (asked()) {
      loadChunk<RecorderChunk>("recorder").then(go, warn);
    } else go(recorder);
  }

  function begin(): void {
    store.persist();
    outbox.reclaim();
    const adopt = guard(() => {
      if (outbox.adopt()) sender.soon();
    });
    // The lock only spares the server the second copy when two pages find the same queue.
    if (navigator.locks) navigator.locks.request("kizuki", adopt).catch(adopt);
    else adopt();
    sender.soon();
    record();
    if (begun === "tour") guard(act)({});
  }

  function decideConsent(choice: Consent | boolean): void {
    const before = consent;
    consent = choice === "granted" || choice === true ? "granted" : "denied";
    if (consent === before) return;
    if (consent === "granted") begin();
    else {
      recorder?.stop(false);
      actions?.clear(true);
      store.forget();
    }
    rememberConsent(consent, disk);
  }

  const methods: Record<string, (...args: never[]) => unknown> = {
    track,
    page,
    identify(user: string | number | Traits | undefined, traits?: Traits, options?: IdentifyOptions) {
      const given = user && typeof user === "object";
      if (!given && isId(user)) identity.identify(String(user));
      else if (!given) warn(`identify() without id: ${user}`);
      userToken = ((given ? traits : options) as IdentifyOptions | undefined)?.token ?? userToken;
      send("identify", { traits: (given ? user : traits) ?? {} });
    },
    group: (groupId: string | number, traits: Traits = {}) => send("group", { groupId: String(groupId), traits }),
    alias: (userId: string | number, previousId?: string) =>
      send("alias", { userId: String(userId), previousId: previousId ?? identity.userId() ?? identity.anonymousId() }),
    reset() {
      userToken = undefined;
      identity.forget();
      sessions.end();
    },
    consent: decideConsent,
    ready() {},
    "replay.start": () => record(true),
    "replay.stop": () => record(false),
  };

  const run = guard(([method, ...args]: Command) => {
    const call = methods[method];
    // As in analytics.js: the last argument of any call may be what to do after it.
    if (typeof args[args.length - 1] === "function") setTimeout(guard(args.pop() as () => void));
    if (call) call(...(args as never[]));
    else warn(`unknown: ${method}()`);
  });
  onPageChange((previousUrl) => {
    referrer = previousUrl;
    actions?.clear();
    // A router changes the address first and the title right after.
    if (config.autoPage) setTimeout(guard(page));
  });
  // In another tab, or while this page was kept for the way back.
  const heedRefusal = guard(() => isRefused(disk) && decideConsent("denied"));
  addEventListener("storage", heedRefusal);
  addEventListener("online", guard(sender.now));
  addEventListener("pagehide", guard(sender.leave));
  addEventListener(
    "pageshow",
    guard((event: PageTransitionEvent) => {
      if (!event.persisted) return;
      heedRefusal();
      if (consent === "granted") begin();
      if (config.autoPage) page();
    }),
  );
  document.addEventListener(
    "visibilitychange",
    guard(() => document.hidden && sender.now()),
  );

  const queued = target.splice(0);
  Object.assign(target, {
    version: VERSION,
    push: (...commands: Command[]) => commands.forEach(run),
  });

  // What the visitor has decided comes before anything that depends on it, whatever the order of the calls was.
  const isConsent = ([method]: Command) => method === "consent";
  if (consent === "granted" && !queued.some(isConsent)) begin();
  queued.filter(isConsent).forEach(run);
  if (begun === "preview") guard(act)({});
  whenShown(() => {
    // A site that counts the page itself is not counted twice.
    if (config.autoPage && !queued.some(([method]) => method === "page")) page();
    queued.filter((call) => !isConsent(call)).forEach(run);
  });
  return { id: identity.userId, anonymousId: identity.anonymousId };
}

/** A name for somebody, not what JavaScript makes of nobody: one id for everybody would make them one person. */
function isId(value: unknown): boolean {
  return !/^(|0|NaN|null|undefined)$/.test(String(value).trim());
}

/** What an earlier page of this tab has begun: the part of the actions that goes on with it. */
function begunBefore(): ActionsHost["begun"] {
  const kept = Object.keys(tabDisk() ?? {});
  return (["preview", "tour"] as const).find((name) => kept.includes(`kizuki.${name}`));
}

/** Run now, or when a page that the browser prepared ahead of time is really opened. */
function whenShown(run: () => void): void {
  if (document.prerendering) {
    document.addEventListener("prerenderingchange", guard(run), { once: true });
  } else guard(run)();
}
