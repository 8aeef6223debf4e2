import type { Session } from "./session";

export interface PageView {
  url: string;
  path: string;
  title: string;
  referrer: string;
  search: string;
}

export function currentPage(referrer: string): PageView {
  return {
    url: location.href,
    path: location.pathname,
    title: document.title,
    referrer,
    search: location.search,
  };
}

const CAMPAIGN = ["source", "medium", "campaign", "term", "content"];

/** The utm parameters of the address, under Segment's names; undefined when there are none. */
export function campaign(search: string): Record<string, string> | undefined {
  const query = new URLSearchParams(search);
  const found: Record<string, string> = {};
  for (const name of CAMPAIGN) {
    const value = query.get(`utm_${name}`);
    if (value) found[name === "campaign" ? "name" : name] = value;
  }
  return Object.keys(found).length ? found : undefined;
}

export interface Surroundings {
  session: Session;
  referrer: string;
  recording: boolean;
  userToken: string | undefined;
  now: number;
}

/** An event's `context`, in Segment's shape (docs/api.md). */
export function eventContext({ session, referrer, recording, userToken, now }: Surroundings): object {
  const { recordedFrom } = session;
  return {
    library: { name: "kizuki.js", version: VERSION },
    locale: document.documentElement.lang || navigator.language,
    page: currentPage(referrer),
    campaign: campaign(location.search),
    userAgent: navigator.userAgent,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width: screen.width, height: screen.height },
    session: { id: session.id },
    // Without a beginning yet, the server gives it one if it has this session recorded from now on.
    replay: recording ? { id: session.id, offset: recordedFrom && Math.max(0, now - recordedFrom) } : undefined,
    userToken,
  };
}
