import { Anchor, Badge, Table, Text, Tooltip } from "@mantine/core";
import { IconMovie } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ReplaySummary } from "../api/types";
import { replayPath, useConsole, useSite } from "../console";
import { duration } from "../format/time";
import { pathOf } from "../format/values";
import { LoadMore } from "../ui/LoadMore";
import { Page } from "../ui/Page";
import { PersonLink } from "../ui/PersonLink";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { When } from "../ui/When";
import { isLive } from "./live";
import { useReplayReason } from "./reason";

export function ReplaysPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const replays = useInfiniteQuery({ ...queries.replays(site), refetchInterval: 10_000 });
  const items = replays.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t("nav.replays")} about={t("replays.about")}>
      {replays.isError && replays.data && <StaleNotice error={replays.error} retry={replays.refetch} />}
      <div className="k-panel">
        {replays.isPending ? (
          <LoadingRows height={52} />
        ) : !replays.data ? (
          <Failed error={replays.error} retry={replays.refetch} />
        ) : items.length === 0 ? (
          <Empty icon={IconMovie} title={t("replays.none")}>
            {t("replays.noneAbout")}
          </Empty>
        ) : (
          <ReplaysTable replays={items} />
        )}
      </div>
      {replays.data && <LoadMore {...replays} />}
    </Page>
  );
}

function ReplaysTable({ replays }: { replays: ReplaySummary[] }) {
  const { t, i18n } = useTranslation();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("replays.recorded")}</Table.Th>
          <Table.Th scope="col">{t("people.person")}</Table.Th>
          <Table.Th scope="col" w={100} ta="right" visibleFrom="xs">
            {t("replays.length")}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="md">
            {t("replays.page")}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {replays.map((replay) => (
          <Table.Tr key={replay.session}>
            <Table.Td>
              <Recording replay={replay} />
            </Table.Td>
            <Table.Td>
              <PersonLink id={replay.person} />
            </Table.Td>
            <Table.Td ta="right" visibleFrom="xs" style={{ fontVariantNumeric: "tabular-nums" }}>
              {duration(replay.duration_ms, i18n.language)}
            </Table.Td>
            <Table.Td visibleFrom="md">
              <Text size="sm" c="dimmed" className="k-truncate" title={replay.url ?? undefined}>
                {replay.url ? pathOf(replay.url) : "–"}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Recording({ replay }: { replay: ReplaySummary }) {
  const { t } = useTranslation();
  const site = useSite();
  const reasonText = useReplayReason();
  if (!replay.playable) {
    return (
      <>
        <When at={replay.started_at} mode="both" />{" "}
        <Tooltip label={reasonText(replay.reason)} multiline maw={280}>
          <Badge variant="light" color="gray" tt="none" fw={500}>
            {t("replay.notPlayableShort")}
          </Badge>
        </Tooltip>
      </>
    );
  }
  return (
    <>
      <Anchor component={Link} to={replayPath(site, replay.session)} size="sm" fw={600}>
        <When at={replay.started_at} mode="both" />
      </Anchor>{" "}
      {isLive(replay, Date.now()) && (
        <Badge color="red" variant="light" tt="none" leftSection={<span className="k-dot" />}>
          {t("replay.live")}
        </Badge>
      )}
    </>
  );
}
