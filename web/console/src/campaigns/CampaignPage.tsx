import { Alert, Anchor, Badge, Button, Group, Tabs, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import type { Campaign } from "../api/campaigns";
import { campaignPath, useConsole, useSite } from "../console";
import { number } from "../format/values";
import { JsonBlock } from "../ui/JsonBlock";
import { OutOfAction } from "../ui/OutOfAction";
import { Page } from "../ui/Page";
import { StatusBadge } from "../ui/Publishing";
import { SummaryText } from "../ui/SummaryText";
import { Failed, LoadingRows } from "../ui/states";
import { When } from "../ui/When";
import { CampaignMenu } from "./CampaignMenu";
import { definitionOf } from "./document";
import { Overview } from "./Overview";
import { PublishButton } from "./PublishButton";
import { ProblemsTab } from "./problems/ProblemsTab";
import { ResultsTab } from "./results/ResultsTab";
import { VersionsTab } from "./versions/VersionsTab";

/** The replay player comes with it, so it is loaded only to compare. */
const CompareTab = lazy(async () => ({ default: (await import("../compare/CompareTab")).CompareTab }));

const TABS = ["results", "compare", "overview", "problems", "versions", "json"] as const;
type Tab = (typeof TABS)[number];

export function CampaignPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const campaign = useQuery({ ...queries.campaign(site, useParams().campaign ?? ""), refetchInterval: 10_000 });
  const back = (
    <Anchor component={Link} to={campaignPath(site)} size="sm">
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
  const { id, name, state, updated_at, updated_by, sentence, problem } = campaign.data;
  return (
    <Page
      title={name}
      about={
        <>
          <Group gap="sm">
            {back}
            <StatusBadge status={state} />
            <Text span size="sm">
              {t("campaign.updated")} <When at={updated_at} mode="both" />
              {updated_by && ` · ${t("campaign.updatedBy", { by: updated_by })}`}
            </Text>
          </Group>
          {sentence && (
            <Text size="sm" mt={6} c="var(--mantine-color-text)" maw={860} lineClamp={2}>
              <SummaryText summary={sentence} />
            </Text>
          )}
          {problem && <OutOfAction problem={problem} />}
        </>
      }
      actions={
        <Group gap="xs">
          <Button
            component={Link}
            to={`${campaignPath(site, id)}/edit`}
            variant="default"
            size="xs"
            leftSection={<IconPencil size={15} />}
          >
            {t("campaign.edit")}
          </Button>
          {campaign.data.status !== "ended" && <PublishButton campaign={campaign.data} />}
          <CampaignMenu campaign={campaign.data} />
        </Group>
      }
    >
      <CampaignTabs campaign={campaign.data} />
    </Page>
  );
}

function CampaignTabs({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation();
  const [params, setParams] = useSearchParams();
  // Before anybody has seen it there are no results.
  const first = campaign.state === "draft" && campaign.counters.eligible === 0 ? "overview" : "results";
  const tab: Tab = TABS.find((each) => each === params.get("tab")) ?? first;
  const { problems } = campaign.counters;
  return (
    <Tabs value={tab} onChange={(value) => setParams({ tab: value ?? first }, { replace: true })} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="results">{t("campaign.results")}</Tabs.Tab>
        <Tabs.Tab value="compare">{t("campaign.compare")}</Tabs.Tab>
        <Tabs.Tab value="overview">{t("campaign.overview")}</Tabs.Tab>
        <Tabs.Tab
          value="problems"
          rightSection={
            problems > 0 && (
              <Badge size="sm" variant="light" color="red">
                {number(problems, i18n.language)}
              </Badge>
            )
          }
        >
          {t("campaign.problemsTab")}
        </Tabs.Tab>
        <Tabs.Tab value="versions">{t("campaign.versions")}</Tabs.Tab>
        <Tabs.Tab value="json">JSON</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="results">
        <ResultsTab campaign={campaign} />
      </Tabs.Panel>
      <Tabs.Panel value="compare">
        <Suspense fallback={<LoadingRows />}>
          <CompareTab campaign={campaign} />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="overview">
        <Told campaign={campaign} />
      </Tabs.Panel>
      <Tabs.Panel value="problems">
        <ProblemsTab campaign={campaign} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <VersionsTab key={campaign.id} campaign={campaign} />
      </Tabs.Panel>
      <Tabs.Panel value="json">
        <JsonTab campaign={campaign} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Told({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const definition = definitionOf(campaign.definition);
  return definition && campaign.summaries ? (
    <Overview summaries={campaign.summaries} definition={definition} />
  ) : (
    <Alert variant="light">{t("campaign.unreadable")}</Alert>
  );
}

function JsonTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const site = useSite();
  return (
    <div className="k-panel k-pad k-json">
      <Button
        component={Link}
        to={`${campaignPath(site, campaign.id)}/edit?step=json`}
        size="xs"
        variant="default"
        mb="sm"
        leftSection={<IconPencil size={15} />}
      >
        {t("campaign.editJson")}
      </Button>
      <JsonBlock value={campaign.definition} />
    </div>
  );
}
