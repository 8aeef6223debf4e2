/** The lazily loaded part that shows what campaigns decided. What each layout needs of its own comes in its own chunk. */
import { warn } from "../core/guard";
import type { Action } from "./action";
import type { Actions, ActionsHost } from "./chunk";
import { endJourney, journey } from "./journey";
import { createSlots } from "./slots";

export * from "./kit";

interface PreviewChunk {
  load(token: string, host: ActionsHost): Promise<Action[]>;
  badge(locale: string, says: "preview", host: ActionsHost): void;
}

export function start(host: ActionsHost): Actions {
  const token = new URLSearchParams(location.search).get("kizuki_preview");
  const begun = journey();
  if (token || begun?.silent) return preview(host, token);
  const { show, resume, withdraw, clear } = createSlots(host);
  if (begun) resume(begun.action, begun.seen);
  return {
    take({ actions = [], withdrawn = [] }) {
      withdraw(withdrawn);
      show(actions);
    },
    clear,
  };
}

/** Show what is being written; what campaigns decide meanwhile would lie over it. */
function preview(host: ActionsHost, token: string | null): Actions {
  const { show, resume, clear } = createSlots({ ...host, silent: true, track() {}, identify() {} });
  if (token) endJourney();
  const begun = journey();
  if (begun) resume(begun.action, begun.seen);
  host
    .load<PreviewChunk>("preview")
    .then(({ badge, load }) =>
      token ? load(token, host).then(show) : badge(begun?.action.locale ?? "", "preview", host),
    )
    .catch(warn);
  return { take() {}, clear };
}
