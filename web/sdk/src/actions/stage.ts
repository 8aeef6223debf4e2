import type { Action, ActionOf, ActionType } from "./action";
import type { ActionsHost } from "./chunk";
import type { Trust } from "./rich-text";

/** What is wrong with what the visitor sees. */
export type Problem =
  | "not_rendered"
  | "outside_viewport"
  | "covered"
  | "covers_control"
  | "overlaps_campaign"
  | "selector_missing"
  | "low_contrast"
  | "script_error";

/** One action's place, and what it may tell of itself. */
export interface Stage {
  /** Drawn where it is written: nothing takes the focus, scrolls or opens over the page. */
  readonly still: boolean;
  /** Shown to try it: nothing of it is tracked. */
  readonly silent: boolean;
  /** What holds the action, unless that has a place in the page itself. */
  readonly container: Element;
  readonly nonce: string;
  /** Styles of the place where it is drawn. */
  readonly css?: string;
  readonly trust: Trust;
  track(event: string, properties?: Record<string, unknown>): void;
  identify(traits: Record<string, unknown>): void;
  /** The visitor has followed a link of it. */
  clicked(url: string): void;
  /** The visitor has closed it. */
  closed(): void;
  /** It has ended. */
  leave(): void;
  problem(problem: Problem, box?: DOMRect, more?: Record<string, unknown>): void;
  /** Hand all that waits to the browser: the page is about to be left. */
  flush(): void;
}

/** Something on the screen that shows one action at a time. */
export interface Surface<T extends ActionType = ActionType> {
  readonly frame: HTMLElement;
  render(action: ActionOf<T>): void;
  remove(): void;
  /** The visitor has moved to another page of an app; what does not know this is removed. */
  moved?(): void;
}

/** What a layout's chunk defines. */
export interface Layout<T extends ActionType = ActionType> {
  /** Take a place on the page; undefined when there is nothing to show. */
  open(stage: Stage, action: ActionOf<T>): Surface<T> | undefined;
}

/** The action that stands there now, and how it leaves. */
export interface Place {
  action: Action;
  leave(): void;
}

export function createStage(place: Place, host: ActionsHost): Stage {
  const told = new Set<string>();
  const track: Stage["track"] = (event, more) => {
    const { campaign, name, variant, id } = place.action;
    host.track(event, { campaign_id: campaign, campaign_name: name, variant, action_id: id, ...more });
  };
  return {
    still: false,
    silent: host.silent,
    // Beside the body, not in it: a site may draw its body anew at any time.
    container: document.documentElement,
    nonce: host.nonce,
    trust: host.trust,
    identify: host.identify,
    flush: host.leave,
    leave: place.leave,
    track,
    clicked(url) {
      track("Campaign Clicked", { url });
      place.leave();
    },
    closed() {
      track("Campaign Closed");
      place.leave();
    },
    problem(problem, at, more) {
      const key = place.action.id + problem;
      if (told.has(key)) return;
      told.add(key);
      const sides = ["x", "y", "width", "height"] as const;
      const box = Object.fromEntries(sides.map((side) => [side, Math.round(at?.[side] ?? 0)]));
      track("Campaign Problem", { problem, box, viewport: { width: innerWidth, height: innerHeight }, ...more });
    },
  };
}
