/** The lazily loaded part that shows what campaigns decided. */
import type { Action, ActionsHost, MessageAction } from "./action";
import { openBar } from "./bar";
import { whenDisplayed } from "./displayed";
import { openPopup } from "./popup";
import type { Answers, Surface } from "./surface";

interface Slot {
  action: Action;
  surface: Surface;
  waiting: Action[];
  /** Take it off, and let the next one come. */
  leave(): void;
}

const slots = new Map<string, Slot>();
// An event that was sent twice is answered twice.
const seen = new Set<string>();

function properties({ campaign, name, variant, id }: Action): Record<string, unknown> {
  return { campaign_id: campaign, campaign_name: name, variant, action_id: id };
}

/** Show actions, one at a time in each place: a campaign's newer action replaces its older one, another campaign's waits. */
export function show(actions: readonly Action[], host: ActionsHost): void {
  for (const action of actions) {
    if (seen.has(action.id)) continue;
    seen.add(action.id);
    const slot = slots.get(action.placement);
    if (!slot?.surface.frame.isConnected) open(action, host);
    else if (slot.action.campaign === action.campaign) render(slot, action, host);
    else slot.waiting = [...slot.waiting.filter(({ campaign }) => campaign !== action.campaign), action];
  }
}

export function withdraw(campaigns: readonly string[]): void {
  for (const slot of [...slots.values()]) {
    slot.waiting = slot.waiting.filter(({ campaign }) => !campaigns.includes(campaign));
    if (campaigns.includes(slot.action.campaign)) slot.leave();
  }
}

export function clear(): void {
  for (const { surface } of slots.values()) surface.remove();
  slots.clear();
}

function open(action: Action, host: ActionsHost): void {
  const { placement } = action;
  const answers: Answers = {
    onClick(clicked, url) {
      host.track("Campaign Clicked", { ...properties(clicked), url });
      leave();
    },
    onClose() {
      host.track("Campaign Closed", properties(slot.action));
      leave();
    },
  };
  const surface = action.type === "popup" ? openPopup(host, answers) : openBar(placement, host, answers);
  const slot: Slot = { action, surface, waiting: [], leave };
  slots.set(placement, slot);
  render(slot, action, host);

  function leave(): void {
    slots.delete(placement);
    surface.remove();
    const [next, ...rest] = slot.waiting;
    if (!next) return;
    open(next, host);
    const opened = slots.get(placement);
    if (opened) opened.waiting = rest;
  }
}

function render(slot: Slot, action: Action, { track }: ActionsHost): void {
  slot.action = action;
  slot.surface.render(action as MessageAction);
  whenDisplayed(slot.surface.frame, () => {
    if (slot.action === action) track("Campaign Shown", properties(action));
  });
}
