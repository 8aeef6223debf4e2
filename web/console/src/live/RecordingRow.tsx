import { Anchor, Badge, Group, Text, Tooltip } from "@mantine/core";
import { IconEye, IconMessage2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type FoundReplay, PROBLEM_KINDS } from "../api/live";
import { personPath, replayPath, useConsole, useSite, watchPath } from "../console";
import { duration } from "../format/time";
import { number, pathOf } from "../format/values";
import { useReplayReason } from "../replay/reason";
import { usePersonName } from "../ui/PersonLink";
import { When } from "../ui/When";
import { countryName } from "./countries";
import { useDeviceName } from "./device";
import { Thumbnail } from "./Thumbnail";
import { useReasonText } from "./words";

const MAX_PAGES = 4;

/** One recording: the page it begins with, whose it is, and why it is worth watching. */
export function RecordingRow({ found }: { found: FoundReplay }) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  const { session } = useConsole();
  const personName = usePersonName();
  const deviceName = useDeviceName();
  const unseen = !found.seen_by.some(({ by }) => by === session.email());
  const to = found.live
    ? watchPath(site, found.session)
    : replayPath(site, found.session, found.offset === null ? undefined : found.offset);
  const about = [
    duration(found.duration_ms, i18n.language),
    found.visit && t("story.nthVisit", { n: number(found.visit, i18n.language) }),
    deviceName(found.device),
    found.country && countryName(found.country, i18n.language),
  ].filter(Boolean);
  return (
    <li className="k-row k-recording" data-session={found.session}>
      <Thumbnail session={found.session} playable={found.playable} />
      <div style={{ minWidth: 0 }}>
        <Group gap={8} wrap="wrap" align="baseline">
          {unseen && (
            <span className="k-unseen">
              <span className="k-hidden">{t("recording.unseen")}</span>
            </span>
          )}
          <Anchor component={Link} to={to} size="sm" fw={600} className="k-recording-link">
            <When at={found.started_at} mode="both" />
          </Anchor>
          <Anchor component={Link} to={personPath(site, found.person)} size="sm" className="k-truncate k-above">
            {personName(found.person, found.name)}
          </Anchor>
          {found.live && (
            <Badge size="sm" color="red" variant="light" tt="none" leftSection={<span className="k-dot k-pulse" />}>
              {t("replay.live")}
            </Badge>
          )}
          {!found.playable && <NotPlayable reason={found.reason} />}
        </Group>
        <Text size="xs" c="dimmed" className="k-anywhere">
          {about.join(" · ")}
        </Text>
        <Pages found={found} />
        <Why found={found} />
      </div>
      <Marks found={found} />
    </li>
  );
}

function NotPlayable({ reason }: { reason: string | null }) {
  const { t } = useTranslation();
  const reasonText = useReplayReason();
  return (
    <Tooltip label={reasonText(reason)} multiline maw={280}>
      <Badge size="sm" variant="light" color="gray" tt="none" fw={500} className="k-above">
        {t("replay.notPlayableShort")}
      </Badge>
    </Tooltip>
  );
}

function Pages({ found: { pages, url } }: { found: FoundReplay }) {
  const { t } = useTranslation();
  const seen = pages.length > 0 ? pages : url ? [pathOf(url)] : [];
  if (seen.length === 0) {
    return null;
  }
  const more = seen.length - MAX_PAGES;
  return (
    <Text size="xs" className="k-recording-pages" title={seen.join(" → ")}>
      {seen.slice(0, MAX_PAGES).join(" → ")}
      {more > 0 && ` ${t("recording.morePages", { count: more })}`}
    </Text>
  );
}

function Why({ found }: { found: FoundReplay }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const reasonText = useReasonText();
  const campaigns = useQuery({ ...queries.campaigns(site), staleTime: 60_000 }).data?.items;
  const troubles: readonly string[] = PROBLEM_KINDS;
  return (
    <Group gap={4} mt={4}>
      {found.reasons.map((reason) => (
        <Badge
          key={reason}
          size="sm"
          variant="light"
          tt="none"
          fw={500}
          color={troubles.includes(reason) ? "orange" : reason === "hesitated" ? "yellow" : "green"}
        >
          {reasonText(reason, found)}
        </Badge>
      ))}
      {found.campaigns.map((id) => (
        <Badge key={id} size="sm" variant="light" color="pink" tt="none" fw={500}>
          {t("recording.campaign", { name: campaigns?.find((each) => each.id === id)?.name ?? id })}
        </Badge>
      ))}
    </Group>
  );
}

function Marks({ found: { seen_by, comments } }: { found: FoundReplay }) {
  const { t } = useTranslation();
  return (
    <div className="k-recording-marks">
      {comments > 0 && (
        <span title={t("recording.comments", { count: comments })}>
          <IconMessage2 size={15} stroke={1.7} aria-hidden />
          {comments}
          <span className="k-hidden"> {t("recording.comments", { count: comments })}</span>
        </span>
      )}
      {seen_by.length > 0 && (
        <span title={t("replay.seenBy", { names: seen_by.map(({ by }) => by).join(t("list.separator")) })}>
          <IconEye size={15} stroke={1.7} aria-hidden />
          {seen_by.length}
          <span className="k-hidden">
            {" "}
            {t("replay.seenBy", { names: seen_by.map(({ by }) => by).join(t("list.separator")) })}
          </span>
        </span>
      )}
    </div>
  );
}
