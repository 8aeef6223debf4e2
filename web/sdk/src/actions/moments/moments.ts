/** The part of the tag that waits on a page for the moments at which campaigns decide. */
import type { Watch } from "../action";
import type { ActionsHost } from "../chunk";
import { guard } from "../kit";
import { watch } from "./watch";

export interface Watches {
  /** Wait for the moments of campaigns that do not wait on this page yet. */
  begin(watches: readonly Watch[]): void;
  /** Wait no longer for these campaigns; for none, when none are named. */
  end(campaigns?: readonly string[]): void;
}

/** What `moments.js` defines. */
export interface MomentsChunk {
  createWatches(track: ActionsHost["track"]): Watches;
}

export function createWatches(track: ActionsHost["track"]): Watches {
  const running = new Map<string, () => void>();

  function begin(each: Watch): void {
    const { campaign } = each;
    if (running.has(campaign)) return;
    const reached = (moment: string) => {
      running.delete(campaign);
      track("Moment Reached", { campaign_id: campaign, moment });
    };
    running.set(campaign, watch(each, reached));
  }

  return {
    begin: (watches) => watches.forEach(guard(begin)),
    end(campaigns = [...running.keys()]) {
      for (const campaign of campaigns) {
        running.get(campaign)?.();
        running.delete(campaign);
      }
    },
  };
}
