import { Anchor, Badge, Group, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Campaign } from "../../api/campaigns";
import { campaignPath, useSite } from "../../console";
import { number, percent } from "../../format/values";
import { OutOfAction } from "../../ui/OutOfAction";
import { StatusBadge } from "../../ui/Publishing";
import { When } from "../../ui/When";
import { definitionOf, layoutOf } from "../document";
import { LAYOUT_ICONS } from "../layouts";
import { PublishButton } from "../PublishButton";
import { CountersLine } from "./CountersLine";

export function CampaignsTable({ campaigns }: { campaigns: readonly Campaign[] }) {
  const { t, i18n } = useTranslation();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed" className="k-campaigns">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("campaign.name")}</Table.Th>
          <Table.Th scope="col" w={140} visibleFrom="lg">
            {t("campaign.layout")}
          </Table.Th>
          <Table.Th scope="col" ta="right" w={104} visibleFrom="sm">
            {t("counter.clicked")}
          </Table.Th>
          <Table.Th scope="col" ta="right" w={104} visibleFrom="md">
            {t("counter.goals")}
          </Table.Th>
          <Table.Th scope="col" w={150} visibleFrom="lg">
            {t("campaign.updated")}
          </Table.Th>
          <Table.Th scope="col" w={124} visibleFrom="xs">
            <span className="k-hidden">{t("campaign.actions")}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {campaigns.map((campaign) => (
          <Table.Tr key={campaign.id}>
            <Table.Td>
              <CampaignName campaign={campaign} />
            </Table.Td>
            <Table.Td visibleFrom="lg">
              <LayoutName campaign={campaign} />
            </Table.Td>
            {(["clicked", "goals"] as const).map((counter) => (
              <Table.Td key={counter} ta="right" visibleFrom={counter === "clicked" ? "sm" : "md"} className="k-number">
                {number(campaign.counters[counter], i18n.language)}
                <Rate part={campaign.counters[counter]} whole={campaign.counters.shown} />
              </Table.Td>
            ))}
            <Table.Td visibleFrom="lg">
              <Text size="sm">
                <When at={campaign.updated_at} />
              </Text>
              {campaign.updated_by && (
                <Text size="xs" c="dimmed" className="k-truncate" title={campaign.updated_by}>
                  {campaign.updated_by}
                </Text>
              )}
            </Table.Td>
            <Table.Td ta="right" visibleFrom="xs">
              {campaign.status !== "ended" && <PublishButton campaign={campaign} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function CampaignName({ campaign }: { campaign: Campaign }) {
  const site = useSite();
  const path = campaignPath(site, campaign.id);
  return (
    <>
      <Group gap="xs" wrap="wrap">
        <Anchor component={Link} to={path} size="sm" fw={600} className="k-anywhere">
          {campaign.name}
        </Anchor>
        <StatusBadge status={campaign.state} />
        <ProblemsBadge count={campaign.counters.problems} to={`${path}?tab=problems`} />
      </Group>
      <Text size="xs" c="dimmed" className="k-number">
        <CountersLine campaign={campaign} />
      </Text>
      {campaign.problem && <OutOfAction problem={campaign.problem} />}
    </>
  );
}

function ProblemsBadge({ count, to }: { count: number; to: string }) {
  const { t, i18n } = useTranslation();
  if (count === 0) {
    return null;
  }
  return (
    <Badge component={Link} to={to} variant="light" color="red" tt="none" className="k-noshrink k-badge-link">
      {t("campaign.problems", { count, n: number(count, i18n.language) })}
    </Badge>
  );
}

function LayoutName({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const definition = definitionOf(campaign.definition);
  if (!definition) {
    return null;
  }
  const layout = layoutOf(definition);
  const Icon = LAYOUT_ICONS[layout];
  return (
    <span className="k-layout">
      <Icon size={16} stroke={1.6} /> {t(`layout.${layout}`)}
    </span>
  );
}

function Rate({ part, whole }: { part: number; whole: number }) {
  const { i18n } = useTranslation();
  const rate = percent(part, whole, i18n.language);
  return rate ? (
    <Text size="xs" c="dimmed">
      {rate}
    </Text>
  ) : null;
}
