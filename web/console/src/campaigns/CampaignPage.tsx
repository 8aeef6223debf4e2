import { Alert, Anchor, Button, Group, Tabs, Text } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import type { Campaign } from "../api/types";
import { useConsole, useSite } from "../console";
import { number, percent } from "../format/values";
import { Page } from "../ui/Page";
import { StatusBadge } from "../ui/Publishing";
import { Failed, LoadingRows } from "../ui/states";
import { When } from "../ui/When";
import { DefinitionEditor } from "./DefinitionEditor";
import { DefinitionText } from "./DefinitionText";
import { definitionOf } from "./definition";
import { PublishButton } from "./PublishButton";

export function CampaignPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const campaign = useQuery({ ...queries.campaign(site, useParams().campaign ?? ""), refetchInterval: 10_000 });
  const [params, setParams] = useSearchParams();
  const tab = params.get("tab") === "json" ? "json" : "overview";
  const back = (
    <Anchor component={Link} to={`/sites/${encodeURIComponent(site)}/campaigns`} size="sm">
      ← {t("nav.campaigns")}
    </Anchor>
  );
  if (!campaign.data) {
    return (
      <Page title={t("campaign.title")} about={back}>
        <div className="k-panel">
          {campaign.isError ? <Failed error={campaign.error} retry={campaign.refetch} /> : <LoadingRows />}
        </div>
      </Page>
    );
  }
  const definition = definitionOf(campaign.data.definition);
  return (
    <Page
      title={campaign.data.name}
      about={
        <Group gap="sm">
          {back}
          <StatusBadge status={campaign.data.status} />
          <Text span size="sm">
            {t("campaign.updated")} <When at={campaign.data.updated_at} mode="both" />
          </Text>
        </Group>
      }
      actions={
        <Group gap="sm">
          <Button
            component={Link}
            to={`/sites/${encodeURIComponent(site)}/campaigns/~new?from=${encodeURIComponent(campaign.data.id)}`}
            variant="default"
            size="xs"
            leftSection={<IconCopy size={15} />}
          >
            {t("campaign.duplicate")}
          </Button>
          <PublishButton campaign={campaign.data} />
        </Group>
      }
    >
      <Counters campaign={campaign.data} />
      <Tabs
        value={tab}
        onChange={(value) => setParams(value === "json" ? { tab: "json" } : {}, { replace: true })}
        mt="md"
        keepMounted
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="overview">{t("campaign.overview")}</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          {definition ? (
            <DefinitionText definition={definition} summaries={campaign.data.summaries} />
          ) : (
            <Alert variant="light">{t("campaign.unreadable")}</Alert>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <DefinitionEditor key={campaign.data.id} id={campaign.data.id} saved={campaign.data.definition} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Counters({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation();
  const { counters } = campaign;
  const rateOfShown = (count: number) => percent(count, counters.shown, i18n.language);
  const tiles = [
    ["decided", null],
    ["shown", null],
    ["clicked", rateOfShown(counters.clicked)],
    ["closed", rateOfShown(counters.closed)],
    ["goals", rateOfShown(counters.goals)],
    ["suppressed", null],
  ] as const;
  return (
    <dl className="k-tiles">
      {tiles.map(([counter, rate]) => (
        <div key={counter} className="k-panel">
          <dt>{t(`counter.${counter}`)}</dt>
          <dd>
            {number(counters[counter], i18n.language)}
            {rate && <small>{rate}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
