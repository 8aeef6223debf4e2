import { createContext, use } from "react";
import { useParams } from "react-router";
import type { ApiClient } from "./api/client";
import type { queries } from "./api/queries";
import type { Cognito } from "./auth/cognito";
import type { Session } from "./auth/session";
import type { Config } from "./config";

/** What every page works with. */
export interface Console {
  config: Config;
  cognito: Cognito;
  session: Session;
  api: ApiClient;
  queries: ReturnType<typeof queries>;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const value = use(ConsoleContext);
  if (!value) {
    throw new Error("outside of the console");
  }
  return value;
}

/** The site that the address names. */
export function useSite(): string {
  return useParams().site ?? "";
}

export const personPath = (site: string, person: string) =>
  `/sites/${encodeURIComponent(site)}/people/${encodeURIComponent(person)}`;

/** The list of campaigns, or one of them; an id never begins with a tilde, as `~new` does. */
export const campaignPath = (site: string, campaign?: string) =>
  `/sites/${encodeURIComponent(site)}/campaigns${campaign === undefined ? "" : `/${encodeURIComponent(campaign)}`}`;

/** The list of segments, or one of them. */
export const segmentPath = (site: string, segment?: string) =>
  `/sites/${encodeURIComponent(site)}/segments${segment === undefined ? "" : `/${encodeURIComponent(segment)}`}`;

export const replayPath = (site: string, session: string, at?: number) =>
  `/sites/${encodeURIComponent(site)}/replays/${encodeURIComponent(session)}${at === undefined ? "" : `?t=${Math.round(at)}`}`;

/** A visit that goes on, at its edge. */
export const watchPath = (site: string, session: string) => `${replayPath(site, session)}?live=1`;

/** Live: recordings and who is there now, perhaps with a filter. */
export const livePath = (site: string, query = "") => `/sites/${encodeURIComponent(site)}/replays${query}`;

/** A replay opens a little before the event, so that one sees what led to it. */
export const LEAD_MS = 5_000;
export const replayMoment = (site: string, replay: { id: string; offset: number }) =>
  replayPath(site, replay.id, Math.max(0, replay.offset - LEAD_MS));
