import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { IconPlus, IconSpeakerphone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Campaign } from "../api/types";
import { useConsole, useSite } from "../console";
import { number, percent } from "../format/values";
import { Page } from "../ui/Page";
import { StatusBadge } from "../ui/Publishing";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { PublishButton } from "./PublishButton";

export function CampaignsPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const campaigns = useQuery({ ...queries.campaigns(site), refetchInterval: 10_000 });
  return (
    <Page
      title={t("nav.campaigns")}
      about={t("campaigns.about")}
      actions={
        <Button
          component={Link}
          to={`/sites/${encodeURIComponent(site)}/campaigns/~new`}
          size="xs"
          leftSection={<IconPlus size={15} />}
        >
          {t("campaigns.new")}
        </Button>
      }
    >
      {campaigns.isError && campaigns.data && <StaleNotice error={campaigns.error} retry={campaigns.refetch} />}
      <div className="k-panel">
        {campaigns.isPending ? (
          <LoadingRows rows={5} height={60} />
        ) : !campaigns.data ? (
          <Failed error={campaigns.error} retry={campaigns.refetch} />
        ) : campaigns.data.items.length === 0 ? (
          <Empty icon={IconSpeakerphone} title={t("campaigns.none")}>
            {t("campaigns.noneAbout")}
          </Empty>
        ) : (
          <CampaignsTable campaigns={campaigns.data.items} />
        )}
      </div>
    </Page>
  );
}

function CampaignsTable({ campaigns }: { campaigns: Campaign[] }) {
  const { t, i18n } = useTranslation();
  const counters = ["decided", "shown", "clicked", "closed", "goals", "suppressed"] as const;
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("campaign.name")}</Table.Th>
          {counters.map((counter) => (
            <Table.Th key={counter} scope="col" ta="right" w={96} visibleFrom={visibility[counter]}>
              {t(`counter.${counter}`)}
            </Table.Th>
          ))}
          <Table.Th scope="col" w={128}>
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
            {counters.map((counter) => (
              <Table.Td key={counter} ta="right" visibleFrom={visibility[counter]} className="k-number">
                {number(campaign.counters[counter], i18n.language)}
                {counter === "clicked" && <Rate campaign={campaign} />}
              </Table.Td>
            ))}
            <Table.Td ta="right">
              <PublishButton campaign={campaign} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const visibility = { decided: "lg", shown: "sm", clicked: "sm", closed: "md", goals: "md", suppressed: "lg" } as const;

function CampaignName({ campaign }: { campaign: Campaign }) {
  const { i18n, t } = useTranslation();
  const site = useSite();
  const { shown, clicked } = campaign.counters;
  return (
    <>
      <Group gap="xs" wrap="wrap">
        <Anchor
          component={Link}
          to={`/sites/${encodeURIComponent(site)}/campaigns/${encodeURIComponent(campaign.id)}`}
          size="sm"
          fw={600}
          className="k-anywhere"
        >
          {campaign.name}
        </Anchor>
        <StatusBadge status={campaign.status} />
      </Group>
      <Text size="xs" c="dimmed" hiddenFrom="sm">
        {t("counter.shown")} {number(shown, i18n.language)} · {t("counter.clicked")} {number(clicked, i18n.language)}
      </Text>
    </>
  );
}

function Rate({ campaign }: { campaign: Campaign }) {
  const { i18n } = useTranslation();
  const rate = percent(campaign.counters.clicked, campaign.counters.shown, i18n.language);
  return rate ? (
    <Text size="xs" c="dimmed">
      {rate}
    </Text>
  ) : null;
}
