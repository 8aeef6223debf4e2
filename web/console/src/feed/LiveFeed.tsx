import { Badge, Button, Group, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FeedEvent } from "../api/types";
import { useConsole, useSite } from "../console";
import { LabelledFields, WebLink } from "../events/EventDetails";
import { EventIcon } from "../events/EventIcon";
import { eventKind, eventSummary, eventTitle } from "../events/wording";
import { pathOf } from "../format/values";
import { PersonLink } from "../ui/PersonLink";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { When } from "../ui/When";
import { matches } from "./matches";
import { WaitingForFirstEvent } from "./WaitingForFirstEvent";

const EVERY_MS = 2_000;

export function LiveFeed() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const [filter, setFilter] = useState("");
  const [paused, setPaused] = useState(false);
  // TanStack Query asks only while the page can be seen.
  const feed = useQuery({ ...queries.feed(site), refetchInterval: paused ? false : EVERY_MS, staleTime: 0 });
  const fresh = useFresh(feed.data?.items);

  if (feed.isPending) {
    return (
      <div className="k-panel">
        <LoadingRows rows={10} height={56} />
      </div>
    );
  }
  if (!feed.data) {
    return <Failed error={feed.error} retry={feed.refetch} />;
  }
  if (feed.data.items.length === 0) {
    return <WaitingForFirstEvent />;
  }
  const items = feed.data.items.filter((event) => matches(event, filter, t));
  return (
    <>
      <Group mb="sm" gap="sm">
        <TextInput
          aria-label={t("feed.filter")}
          placeholder={t("feed.filter")}
          leftSection={<IconSearch size={16} />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          style={{ flex: "1 1 220px" }}
          maw={420}
        />
        <Button
          variant="default"
          leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? t("feed.resume") : t("feed.pause")}
        </Button>
        <Badge
          variant="light"
          color={paused ? "gray" : "teal"}
          size="lg"
          tt="none"
          leftSection={<span className="k-dot" data-still={paused} />}
        >
          {paused ? t("feed.paused") : t("feed.live")}
        </Badge>
      </Group>
      {feed.isError && <StaleNotice error={feed.error} retry={feed.refetch} />}
      {items.length === 0 ? (
        <div className="k-panel">
          <Empty icon={IconSearch} title={t("list.noMatch")} />
        </div>
      ) : (
        <ul className="k-panel k-list" aria-label={t("feed.events")}>
          {items.map((event) => (
            <FeedRow key={event.message_id} event={event} fresh={fresh.has(event.message_id)} />
          ))}
        </ul>
      )}
    </>
  );
}

function FeedRow({ event, fresh }: { event: FeedEvent; fresh: boolean }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const summary = eventSummary(event, i18n.language);
  return (
    <li className="k-row" data-fresh={fresh}>
      <div className="k-feed">
        <EventIcon kind={eventKind(event)} />
        <div className="k-feed-what">
          <UnstyledButton aria-expanded={open} onClick={() => setOpen(!open)} className="k-toggle" title={event.event}>
            <Text span fw={600} size="sm">
              {eventTitle(event, t)}
            </Text>
            {summary && (
              <Text span size="sm" c="dimmed" ml={8}>
                {summary}
              </Text>
            )}
          </UnstyledButton>
          <div className="k-feed-meta">
            <PersonLink id={event.person} name={event.name} />
            {event.url && (
              <Text span size="xs" c="dimmed" className="k-truncate" title={event.url}>
                {pathOf(event.url)}
              </Text>
            )}
          </div>
        </div>
        <Text size="xs" c="dimmed" className="k-feed-when">
          <When at={event.occurred_at} />
        </Text>
      </div>
      {open && (
        <div className="k-details">
          <LabelledFields label={t("event.properties")} object={event.properties} />
          {event.url && <WebLink url={event.url} />}
          <Text size="xs" c="dimmed">
            <When at={event.occurred_at} mode="both" /> · {event.event} · {event.message_id}
          </Text>
        </div>
      )}
    </li>
  );
}

/** The events that were not there when the list was last drawn. */
function useFresh(items: FeedEvent[] | undefined): Set<string> {
  const seen = useRef<Set<string> | null>(null);
  const fresh = new Set(
    seen.current ? items?.map((event) => event.message_id).filter((id) => !seen.current?.has(id)) : [],
  );
  useEffect(() => {
    if (items) {
      seen.current = new Set(items.map((event) => event.message_id));
    }
  }, [items]);
  return fresh;
}
