import { Stack, Text } from "@mantine/core";
import { IconTimeline } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useConsole, useSite } from "../console";
import { ExplanationDrawer } from "../explanation/ExplanationDrawer";
import { LoadMore } from "../ui/LoadMore";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { visitsOf } from "./story";
import { VisitCard } from "./VisitCard";

/** A link to an event far back stops loading older pages after this many. */
const SEARCH_PAGES = 20;

export function StoryTimeline({ person }: { person: string }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const [params] = useSearchParams();
  const wanted = params.get("event");
  const timeline = useInfiniteQuery({
    ...queries.timeline(site, person),
    // A story grows while it is read; once older pages are open, it keeps still.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : 5_000),
  });
  const replays = useQuery({ ...queries.personReplays(site, person), refetchInterval: 15_000 });
  const pages = timeline.data?.pages;
  const visits = useMemo(
    () => visitsOf(pages?.flatMap((page) => page.items) ?? [], !timeline.hasNextPage),
    [pages, timeline.hasNextPage],
  );
  const found = wanted !== null && visits.some((visit) => visit.events.some((event) => event.message_id === wanted));
  const searching = wanted !== null && !found && timeline.hasNextPage && (pages?.length ?? 0) < SEARCH_PAGES;

  useEffect(() => {
    if (searching && !timeline.isFetchingNextPage && !timeline.isError) {
      void timeline.fetchNextPage();
    }
  }, [searching, timeline.isFetchingNextPage, timeline.isError, timeline.fetchNextPage]);

  const eventOf = (id: string) => visits.flatMap(({ events }) => events).find(({ message_id }) => message_id === id);
  const list = useScrollTo(found ? wanted : null);

  if (timeline.isPending) {
    return (
      <div className="k-panel">
        <LoadingRows rows={10} />
      </div>
    );
  }
  if (!timeline.data) {
    return <Failed error={timeline.error} retry={timeline.refetch} />;
  }
  if (visits.length === 0) {
    return (
      <div className="k-panel">
        <Empty icon={IconTimeline} title={t("story.none")} />
      </div>
    );
  }
  return (
    <div ref={list}>
      {timeline.isError && <StaleNotice error={timeline.error} retry={timeline.refetch} />}
      {wanted && !found && (
        <Text size="sm" c="dimmed" mb="sm" role="status">
          {searching ? t("story.searching") : t("story.eventNotFound")}
        </Text>
      )}
      <Stack gap="md">
        {visits.map((visit) => (
          <VisitCard
            key={visit.session ?? `outside-${visit.events.at(-1)?.message_id}`}
            visit={visit}
            highlight={wanted}
            replay={replays.data?.items.find(({ session }) => session === (visit.replay?.id ?? visit.session))}
          />
        ))}
      </Stack>
      <LoadMore {...timeline} />
      <ExplanationDrawer person={person} eventOf={eventOf} />
    </div>
  );
}

/** Bring the linked event into view, once. */
function useScrollTo(event: string | null) {
  const list = useRef<HTMLDivElement>(null);
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (event && done.current !== event) {
      done.current = event;
      list.current?.querySelector(`[data-event="${CSS.escape(event)}"]`)?.scrollIntoView({ block: "center" });
    }
  }, [event]);
  return list;
}
