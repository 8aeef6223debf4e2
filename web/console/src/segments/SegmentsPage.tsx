import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Segment } from "../api/types";
import { segmentPath, useConsole, useSite } from "../console";
import { number } from "../format/values";
import { OutOfAction } from "../ui/OutOfAction";
import { Page } from "../ui/Page";
import { StatusBadge } from "../ui/Publishing";
import { SummaryText } from "../ui/SummaryText";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { SegmentPublishing } from "./SegmentPublishing";

export function SegmentsPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const segments = useQuery({ ...queries.segments(site), refetchInterval: 10_000 });
  return (
    <Page
      title={t("nav.segments")}
      about={t("segments.about")}
      actions={
        <Button component={Link} to={segmentPath(site, "~new")} size="xs" leftSection={<IconPlus size={15} />}>
          {t("segments.new")}
        </Button>
      }
    >
      {segments.isError && segments.data && <StaleNotice error={segments.error} retry={segments.refetch} />}
      <div className="k-panel">
        {segments.isPending ? (
          <LoadingRows rows={5} height={60} />
        ) : !segments.data ? (
          <Failed error={segments.error} retry={segments.refetch} />
        ) : segments.data.items.length === 0 ? (
          <Empty icon={IconUsersGroup} title={t("segments.none")}>
            {t("segments.noneAbout")}
          </Empty>
        ) : (
          <SegmentsTable segments={segments.data.items} />
        )}
      </div>
    </Page>
  );
}

function SegmentsTable({ segments }: { segments: Segment[] }) {
  const { t, i18n } = useTranslation();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("segment.name")}</Table.Th>
          {(["members", "entered", "left"] as const).map((counter) => (
            <Table.Th key={counter} scope="col" ta="right" w={96} visibleFrom={visibility[counter]}>
              {t(`segment.${counter}`)}
            </Table.Th>
          ))}
          <Table.Th scope="col" w={128} visibleFrom="sm">
            <span className="k-hidden">{t("campaign.actions")}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {segments.map((segment) => (
          <Table.Tr key={segment.id}>
            <Table.Td>
              <SegmentName segment={segment} />
            </Table.Td>
            {(["members", "entered", "left"] as const).map((counter) => (
              <Table.Td key={counter} ta="right" visibleFrom={visibility[counter]} className="k-number">
                {number(segment.counters[counter], i18n.language)}
              </Table.Td>
            ))}
            <Table.Td ta="right" visibleFrom="sm">
              <SegmentPublishing segment={segment} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const visibility = { members: "sm", entered: "lg", left: "lg" } as const;

function SegmentName({ segment }: { segment: Segment }) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  return (
    <>
      <Group gap="xs" wrap="wrap">
        <Anchor component={Link} to={segmentPath(site, segment.id)} size="sm" fw={600} className="k-anywhere">
          {segment.name}
        </Anchor>
        <StatusBadge status={segment.status} />
      </Group>
      <Text size="sm" c="dimmed" component="p" m={0} lineClamp={3}>
        <SummaryText summary={segment.summary} />
      </Text>
      {segment.problem && <OutOfAction problem={segment.problem} />}
      <Text size="xs" c="dimmed" hiddenFrom="sm">
        {t("segment.members")} {number(segment.counters.members, i18n.language)}
      </Text>
    </>
  );
}
