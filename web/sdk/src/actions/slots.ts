import { guard, warn } from "../core/guard";
import type { Action } from "./action";
import type { ActionsHost } from "./chunk";
import { whenDisplayed } from "./displayed";
import { openBar, openPopup, openSlideIn } from "./layouts/framed";
import { placeOf } from "./places";
import { createStage, type Layout, type Place, type Stage, type Surface } from "./stage";
import type { TruthChunk } from "./truth/truth";

/** One place, what is there, and what comes after it. */
export interface Slot extends Place {
  stage: Stage;
  surface?: Surface | undefined;
  waiting: Action[];
}

/** What a chunk defines: a layout, and how what an earlier page has begun goes on. */
type Chunk = Layout & { begin?(host: ActionsHost, slots: Slots): unknown };

export interface Slots {
  /** The chunk of that name, after those that it takes from. */
  chunk(name: string): Promise<Chunk>;
  /** Show actions, one at a time in each place: a campaign's newer action replaces its older one, another campaign's waits. */
  show(actions: readonly Action[]): void;
  /** Show what an earlier page has begun, and may have shown already. */
  resume(action: Action, seen: boolean): void;
  withdraw(campaigns: readonly string[]): void;
  /** Take all off but what goes on on the next page of an app, unless it has `ended`. */
  clear(ended?: boolean): void;
}

/** Run when the browser has nothing better to do. */
function whenIdle(run: () => unknown): void {
  const soon = window.requestIdleCallback ?? setTimeout; // Safari has only the latter
  soon(guard(run));
}

/** Layouts that are but a message in a frame, which is here already. */
const BUILT_IN: Record<string, Layout> = {
  bar: { open: openBar },
  popup: { open: openPopup },
  "slide-in": { open: openSlideIn },
} as Record<string, Layout>;

/** Chunks that a layout's own takes from. */
const NEEDS: Record<string, string[]> = {
  embed: ["anchor"],
  tooltip: ["anchor"],
  tour: ["anchor"],
  checklist: ["dock"],
  summary: ["anchor", "dock"],
};

export function createSlots(host: ActionsHost): Slots {
  const slots = new Map<string, Slot>();
  // An event that was sent twice is answered twice.
  const seen = new Set<string>();
  const all = (): Slot[] => [...slots.values()];

  async function chunk(name: string): Promise<Chunk> {
    await Promise.all((NEEDS[name] ?? []).map(host.load));
    return BUILT_IN[name] ?? host.load(name);
  }

  function open(place: string, action: Action, waiting: Action[] = [], begun = false): void {
    const slot = { action, waiting, leave } as Slot;
    slot.stage = createStage(slot, host);
    slots.set(place, slot);
    chunk(action.type)
      .then(({ open: take }) => {
        if (slots.get(place) !== slot) return;
        slot.surface = take(slot.stage, slot.action);
        if (!slot.surface) return leave();
        render(slot, begun);
        if (!host.silent) whenIdle(() => host.load<TruthChunk>("truth").then(({ inspect }) => inspect(slot, all)));
      })
      .catch((error) => {
        warn(error);
        leave();
      });

    function leave(): void {
      if (slots.get(place) !== slot) return;
      slots.delete(place);
      takeOff(slot);
      const [next, ...rest] = slot.waiting;
      if (next) open(place, next, rest);
    }
  }

  const takeOff = guard((slot: Slot) => {
    const { surface } = slot;
    slot.surface = undefined;
    surface?.remove();
  });

  function render(slot: Slot, begun = false): void {
    const { action, surface, stage } = slot;
    if (!surface) return;
    surface.render(action);
    whenDisplayed(surface.frame, () => {
      if (!begun && slot.action === action) stage.track("Campaign Shown");
    });
  }

  /** Put another action where one is; false when that has gone from the page, by no doing of ours. */
  function replace(slot: Slot, action: Action): boolean {
    if (slot.surface && !slot.surface.frame.isConnected) return false;
    if (slot.action.campaign === action.campaign) {
      slot.action = action;
      render(slot);
    } else slot.waiting.push(action);
    return true;
  }

  function show(action: Action): void {
    if (seen.has(action.id)) return;
    seen.add(action.id);
    const place = placeOf(action);
    const { campaign, type } = action;
    for (const [where, slot] of [...slots]) {
      slot.waiting = slot.waiting.filter((other) => other.campaign !== campaign);
      if (slot.action.campaign === campaign && (where !== place || slot.action.type !== type)) slot.leave();
    }
    const slot = slots.get(place);
    if (slot && replace(slot, action)) return;
    if (slot) takeOff(slot);
    open(place, action, slot?.waiting);
  }

  return {
    chunk,
    show: (actions) => actions.forEach(guard(show)),
    resume(action, begun) {
      seen.add(action.id);
      const place = placeOf(action);
      const there = slots.get(place);
      // Decided anew while this was on its way.
      if (there?.action.campaign === action.campaign) return;
      if (there) takeOff(there);
      open(place, action, there && [there.action, ...there.waiting], begun);
    },
    withdraw(campaigns) {
      for (const slot of all()) {
        slot.waiting = slot.waiting.filter(({ campaign }) => !campaigns.includes(campaign));
        if (campaigns.includes(slot.action.campaign)) slot.leave();
      }
    },
    clear(ended) {
      for (const slot of all()) {
        slot.waiting = [];
        // A tour goes on, on the next page.
        if (ended) slot.leave();
        else if (slot.action.type === "tour") slot.surface?.moved?.();
        // The address of a preview is not the site's own: an app may clean it at once.
        else if (!host.silent) slot.leave();
      }
    },
  };
}
