import type { StoryEvent } from "../api/types";

/** One visit of a person: its events, newest first. */
export interface Visit {
  /** The session's id, or null for events that belong to none (sent by a server). */
  session: string | null;
  /** 1 for the first visit. */
  n: number | null;
  startedAt: number;
  endedAt: number;
  /** Where the visit began and from where; only known once its first event is loaded. */
  landing: string | null;
  referrer: string | null;
  source: string | null;
  device: StoryEvent["device"];
  /** The recording, at the first event that names one. */
  replay: StoryEvent["replay"];
  /** Events before these have not been loaded yet. */
  partial: boolean;
  events: StoryEvent[];
}

/** Group a timeline (newest first) by session; `complete` says that nothing older is left to load. */
export function visitsOf(timeline: readonly StoryEvent[], complete: boolean): Visit[] {
  const groups = new Map<string, StoryEvent[]>();
  const seen = new Set<string>();
  let outside = 0;
  let last: string | null = null;
  for (const event of timeline) {
    // Pages of a timeline that grows meanwhile overlap.
    if (seen.has(event.message_id)) {
      continue;
    }
    seen.add(event.message_id);
    // Events outside of any session stay between the visits they happened between.
    const key: string = event.session ? `s:${event.session.id}` : last?.startsWith("o:") ? last : `o:${++outside}`;
    const group = groups.get(key);
    if (group) {
      group.push(event);
    } else {
      groups.set(key, [event]);
    }
    last = key;
  }
  const all = [...groups.values()];
  return all.map((events, index) => visitOf(events, !complete && index === all.length - 1));
}

function visitOf(events: StoryEvent[], partial: boolean): Visit {
  const first = events[events.length - 1] as StoryEvent;
  const newest = events[0] as StoryEvent;
  const oldestWith = <T>(pick: (event: StoryEvent) => T | null | undefined): T | null => {
    const event = events.findLast((each) => pick(each) != null);
    return event ? (pick(event) ?? null) : null;
  };
  return {
    session: first.session?.id ?? null,
    n: first.session?.n ?? null,
    startedAt: Date.parse(first.occurred_at),
    endedAt: Date.parse(newest.occurred_at),
    landing: partial ? null : oldestWith((event) => event.url),
    referrer: partial ? null : first.referrer || null,
    source: partial ? null : sourceOf(first),
    device: oldestWith((event) => event.device),
    replay: oldestWith((event) => event.replay),
    partial,
    events,
  };
}

function sourceOf({ campaign }: StoryEvent): string | null {
  const parts = [campaign?.source, campaign?.medium, campaign?.name].filter(Boolean);
  return parts.length > 0 ? parts.join(" / ") : null;
}

/** "Chrome / Windows" */
export function deviceName(device: StoryEvent["device"]): string {
  return [device?.browser, device?.os].filter(Boolean).join(" / ");
}
