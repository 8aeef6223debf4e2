import { ActionIcon, Anchor, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { IconPlayerPlay, IconZoomQuestion } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import type { StoryEvent } from "../api/types";
import { replayMoment, segmentPath, useSite } from "../console";
import { LabelledFields, WebLink } from "../events/EventDetails";
import { EventIcon } from "../events/EventIcon";
import { eventKind, eventSummary, eventTitle } from "../events/wording";
import { text } from "../format/values";
import { When } from "../ui/When";
import { Decisions } from "./Decisions";

interface Props {
  event: StoryEvent;
  highlighted: boolean;
  /** Where this event is in the visit's recording, if it can be played. */
  moment: { id: string; offset: number } | null;
}

export function StoryRow({ event, highlighted, moment }: Props) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  const [open, setOpen] = useState(highlighted);
  const summary = eventSummary(event, i18n.language);
  const title = eventTitle(event, t);
  const [params] = useSearchParams();
  const kind = eventKind(event);
  const segment = kind === "entered" || kind === "left" ? text(event.properties, "segment_id") : null;
  return (
    <li
      className="k-row k-story"
      data-event={event.message_id}
      data-highlighted={highlighted}
      aria-current={highlighted ? "true" : undefined}
    >
      <div className="k-story-line">
        <Text size="xs" c="dimmed" className="k-story-clock">
          <When at={event.occurred_at} mode="clock" />
        </Text>
        <EventIcon kind={kind} />
        <div className="k-story-what">
          <UnstyledButton aria-expanded={open} onClick={() => setOpen(!open)} className="k-toggle" title={event.event}>
            <Text span fw={600} size="sm">
              {title}
            </Text>
            {summary && !segment && (
              <Text span size="sm" c="dimmed" ml={8}>
                {summary}
              </Text>
            )}
          </UnstyledButton>
          {segment && (
            <Anchor component={Link} to={segmentPath(site, segment)} size="sm" ml={8} className="k-anywhere">
              {summary}
            </Anchor>
          )}
          <Decisions decisions={event.decisions} />
        </div>
        <div className="k-story-actions">
          {moment && (
            <Tooltip label={t("story.playHere")}>
              <ActionIcon
                component={Link}
                to={replayMoment(site, moment)}
                variant="subtle"
                aria-label={`${t("story.playHere")}: ${title}`}
              >
                <IconPlayerPlay size={17} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          )}
          <Tooltip label={t("explanation.title")}>
            <ActionIcon
              component={Link}
              to={`?${explained(params, event.message_id)}`}
              preventScrollReset
              data-explain
              variant="subtle"
              color="gray"
              aria-label={`${t("explanation.title")}: ${title}`}
            >
              <IconZoomQuestion size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
      {open && <Details event={event} />}
    </li>
  );
}

function explained(params: URLSearchParams, event: string): URLSearchParams {
  const next = new URLSearchParams(params);
  next.set("explain", event);
  next.delete("rule");
  next.delete("ruleset");
  return next;
}

function Details({ event }: { event: StoryEvent }) {
  const { t } = useTranslation();
  return (
    <div className="k-details">
      <LabelledFields label={t("event.properties")} object={event.properties} />
      {Object.keys(event.traits).length > 0 && <LabelledFields label={t("event.traits")} object={event.traits} />}
      {event.url && <WebLink url={event.url} />}
      <Text size="xs" c="dimmed" className="k-anywhere">
        <When at={event.occurred_at} mode="both" /> · {event.event} · {event.message_id}
      </Text>
    </div>
  );
}
