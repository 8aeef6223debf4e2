/** A walk through the page, step by step, that goes on over page changes. */
import { pageKey } from "../../../core/on-page-change";
import type { ActionOf, Step } from "../../action";
import { beside, follow, scrollTo, whenFound } from "../../anchor";
import { endJourney, journey, keepJourney } from "../../journey";
import { guard, listen, type Stage, type Surface } from "../../kit";
import type { Slots } from "../../slots";
import { type Controls, drawStep } from "./card";
import { holdKeys } from "./keys";
import { openSpotlight } from "./spotlight";

const elsewhere = (url: string | null | undefined): boolean =>
  !!url && pageKey(new URL(url, location.href)) !== pageKey(location);

/** Go on with the tour that an earlier page has begun. */
export function begin(_: unknown, { resume }: Slots): void {
  const begun = journey(false);
  if (begun) resume(begun.action, begun.seen);
  else endJourney(false); // or every page of this tab would ask
}

export function open(stage: Stage, first: ActionOf<"tour">): Surface<"tour"> | undefined {
  const kept = stage.still ? undefined : journey(stage.silent);
  const begun = kept?.action.id === first.id ? kept : undefined;
  let action = first;
  let at = begun?.step ?? 0;
  let seen = begun?.seen ?? false;
  const step = (): Step | undefined => action.content.steps[at];
  // The visitor has gone somewhere else than the tour wanted: it waits for them there.
  if (begun && !begun.sent && elsewhere(step()?.url)) return undefined;

  const { host, frame, arrow, light } = openSpotlight(stage);
  const cameFrom = document.activeElement as HTMLElement | null;
  let viewed = -1;
  let target: HTMLElement | undefined;
  let stops: (() => void)[] = [];
  const keep = (sent: boolean) => keepJourney(stage.silent, { action, step: at, seen, sent });

  function pause(): void {
    for (const stop of stops) stop();
    stops = [];
    target = undefined;
  }

  function hide(): void {
    pause();
    host.remove();
  }

  /** Show the step that the visitor is at, wherever it is. */
  function present(arrived = false): void {
    pause();
    const now = step();
    if (!now) return;
    if (!stage.still && !arrived && elsewhere(now.url) && keep(true)) {
      host.remove();
      stage.flush();
      location.assign(now.url ?? "");
    } else if (stage.still || !now.selector) stand(now);
    else {
      keep(false);
      host.remove();
      const missing = () => {
        stage.problem("selector_missing");
        stand(now);
      };
      stops.push(whenFound(now.selector, (element) => stand(now, element), missing));
    }
  }

  function stand(now: Step, element?: HTMLElement): void {
    pause();
    target = element;
    drawStep(frame, stage, action, at, !!element && now.advance === "click", controls);
    if (!host.isConnected) stage.container.append(host);
    light();
    if (stage.still) return;
    stops = [holdKeys(frame, element, controls)];
    if (element) {
      scrollTo(element);
      const shine = (box: DOMRect) => {
        light(box);
        beside(frame, arrow, box, "auto");
      };
      stops.push(follow(element, shine, () => present()));
      if (now.advance === "click") stops.push(listen(document, "click", clicked, { capture: true }));
    }
    frame.focus({ preventScroll: true });
    seen = true;
    keep(false);
    if (viewed !== at) stage.track("Tour Step Viewed", { step: at + 1, of: action.content.steps.length });
    viewed = at;
  }

  /** The click goes on to the page, which may leave for another: what comes next is kept before. */
  function clicked(event: MouseEvent): void {
    const path = event.composedPath();
    if (!target || !path.includes(target)) return;
    stage.track("Campaign Clicked", { step: at + 1 });
    const leads = path.some((each) => each instanceof HTMLAnchorElement && !each.target && elsewhere(each.href));
    move(1, () => setTimeout(guard(() => (leads && !event.defaultPrevented ? hide() : present()))));
  }

  function move(by: number, then: () => void = present): void {
    if (at + by < 0) return;
    at += by;
    if (step()) {
      keep(false);
      then();
    } else if (stage.still) {
      at = 0;
      present();
    } else {
      stage.track("Tour Completed");
      stage.leave();
    }
  }

  const controls: Controls = { previous: () => move(-1), next: () => move(1), close: stage.closed };

  return {
    frame,
    render(newer) {
      action = newer;
      at = Math.min(at, action.content.steps.length - 1);
      present(begun?.sent);
    },
    moved: () => (elsewhere(step()?.url) ? hide() : present()),
    remove() {
      hide();
      endJourney(stage.silent);
      cameFrom?.focus?.({ preventScroll: true });
    },
  };
}
