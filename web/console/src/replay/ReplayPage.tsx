import { Anchor, Badge, Group, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import type { Replay } from "../api/types";
import { livePath, useConsole, useSite } from "../console";
import { duration } from "../format/time";
import { useNow } from "../ui/now";
import { Page } from "../ui/Page";
import { usePersonName } from "../ui/PersonLink";
import { Failed } from "../ui/states";
import { When } from "../ui/When";
import { isLive } from "./live";
import { lengthOf } from "./markers";
import { Player } from "./Player";
import type { Opening } from "./usePlayback";
import { useWatch } from "./useWatch";

const LIVE_EVERY_MS = 1_000;
/** A visitor may come back to a page left open, so a recent recording is looked at again now and then. */
const RECENT_EVERY_MS = 15_000;
const RECENT_MS = 30 * 60_000;

export function ReplayPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const session = useParams().session ?? "";
  const replay = useQuery({
    ...queries.replay(site, session),
    // There is always an answer to come that `outdated` can wait for.
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => {
      if (!data) {
        return false;
      }
      if (isLive(data, Date.now())) {
        return LIVE_EVERY_MS;
      }
      return Date.now() - Date.parse(data.active_at) < RECENT_MS ? RECENT_EVERY_MS : false;
    },
    refetchOnWindowFocus: false,
  });
  const [params] = useSearchParams();
  const asked = params.get("live") === "1";
  // What a list has kept of a visit under way is too old to tell whether it goes on.
  const outdated = asked && !replay.isFetchedAfterMount;
  if (!replay.data || outdated) {
    return (
      <Page title={t("replay.title")}>
        {replay.isError ? (
          <Failed error={replay.error} retry={replay.refetch} />
        ) : (
          <Skeleton height="70vh" aria-label={t("state.loading")} role="status" />
        )}
      </Page>
    );
  }
  return (
    <Recording key={replay.data.session} replay={replay.data} opening={{ at: moment(params.get("t")), live: asked }} />
  );
}

function Recording({ replay, opening }: { replay: Replay; opening: Opening }) {
  const { t, i18n } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const person = useQuery(queries.person(site, replay.person)).data;
  const personName = usePersonName();
  const now = useNow();
  const live = isLive(replay, Math.max(now, Date.now()));
  const wasLive = useWasLive(live);
  useWatch(replay.session, live);
  return (
    <Page
      title={t("replay.of", { name: personName(replay.person, person?.name, person?.email) })}
      about={
        <Group gap="xs">
          <Anchor component={Link} to={livePath(site)} size="sm">
            ← {t("nav.replays")}
          </Anchor>
          <span>
            <When at={replay.started_at} mode="both" /> · {duration(lengthOf(replay), i18n.language)}
          </span>
          {live ? (
            <Badge color="red" variant="light" tt="none" leftSection={<span className="k-dot k-pulse" />}>
              {t("replay.live")}
            </Badge>
          ) : (
            (wasLive || opening.live) && (
              <Badge color="gray" variant="light" tt="none" role="status">
                {t("replay.leftSite")}
              </Badge>
            )
          )}
          <SeenBy session={replay.session} />
        </Group>
      }
    >
      <Player replay={replay} opening={opening} live={live} />
    </Page>
  );
}

/** Whether the visit went on while this page was open. */
function useWasLive(live: boolean): boolean {
  const was = useRef(live);
  was.current ||= live;
  return was.current;
}

const MAX_NAMED = 3;

function SeenBy({ session }: { session: string }) {
  const { t } = useTranslation();
  const { queries, session: own } = useConsole();
  const review = useQuery(queries.review(useSite(), session)).data;
  const names = review?.seen_by.map(({ by }) => (by === own.email() ? t("replay.you") : by)) ?? [];
  if (names.length === 0) {
    return null;
  }
  const more = names.length - MAX_NAMED;
  const told = names.slice(0, MAX_NAMED).join(t("list.separator"));
  return (
    <Text span size="sm" title={names.join("\n")}>
      {more > 0 ? t("replay.seenByMore", { names: told, count: more }) : t("replay.seenBy", { names: told })}
    </Text>
  );
}

function moment(t: string | null): number {
  const value = Number(t);
  return Number.isFinite(value) ? Math.max(0, value) : 0;
}
