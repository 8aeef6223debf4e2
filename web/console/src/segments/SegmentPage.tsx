import { Anchor, Group, Tabs, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import type { Segment } from "../api/types";
import { campaignPath, segmentPath, useConsole, useSite } from "../console";
import { number } from "../format/values";
import { OutOfAction } from "../ui/OutOfAction";
import { Page } from "../ui/Page";
import { StatusBadge } from "../ui/Publishing";
import { SummaryText } from "../ui/SummaryText";
import { Failed, LoadingRows } from "../ui/states";
import { When } from "../ui/When";
import { AudiencePanel } from "./AudiencePanel";
import { SegmentEditor } from "./SegmentEditor";
import { SegmentPublishing } from "./SegmentPublishing";
import { speaksOf } from "./usage";

export function SegmentPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const segment = useQuery({ ...queries.segment(site, useParams().segment ?? ""), refetchInterval: 10_000 });
  const [params, setParams] = useSearchParams();
  const tab = params.get("tab") === "edit" ? "edit" : "overview";
  const back = (
    <Anchor component={Link} to={segmentPath(site)} size="sm">
      ← {t("nav.segments")}
    </Anchor>
  );
  if (!segment.data) {
    return (
      <Page title={t("segment.title")} about={back}>
        <div className="k-panel">
          {segment.isError ? <Failed error={segment.error} retry={segment.refetch} /> : <LoadingRows />}
        </div>
      </Page>
    );
  }
  return (
    <Page
      title={segment.data.name}
      about={
        <Group gap="sm">
          {back}
          <StatusBadge status={segment.data.status} />
          <Text span size="sm">
            {t("campaign.updated")} <When at={segment.data.updated_at} mode="both" />
          </Text>
        </Group>
      }
      actions={<SegmentPublishing segment={segment.data} />}
    >
      <Tabs value={tab} onChange={(value) => setParams(value === "edit" ? { tab: "edit" } : {})} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="overview">{t("campaign.overview")}</Tabs.Tab>
          <Tabs.Tab value="edit">{t("segment.edit")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview segment={segment.data} />
        </Tabs.Panel>
        <Tabs.Panel value="edit">
          <SegmentEditor key={segment.data.id} segment={segment.data} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Overview({ segment }: { segment: Segment }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="k-definition">
      <div className="k-stack">
        <section className="k-panel k-pad">
          <Title order={2} size="h6" mb={6}>
            {t("segment.who")}
          </Title>
          <Text component="p" m={0}>
            <SummaryText summary={segment.summary} />
          </Text>
          {segment.problem && <OutOfAction problem={segment.problem} />}
        </section>
        <dl className="k-tiles">
          {(["members", "entered", "left"] as const).map((counter) => (
            <div key={counter} className="k-panel">
              <dt>{t(`segment.${counter}`)}</dt>
              <dd>{number(segment.counters[counter], i18n.language)}</dd>
            </div>
          ))}
        </dl>
        <Text size="xs" c="dimmed" component="p" m={0}>
          {t("segment.membersAbout")}
        </Text>
        <Usage segment={segment.id} />
      </div>
      <AudiencePanel condition={segment.condition} />
    </div>
  );
}

/** The campaigns and other segments whose conditions speak of this one. */
function Usage({ segment }: { segment: string }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const id = useId();
  const campaigns = useQuery(queries.campaigns(site)).data?.items ?? [];
  const segments = useQuery(queries.segments(site)).data?.items ?? [];
  const users = [
    ...campaigns
      .filter(({ definition }) => speaksOf(definition, segment))
      .map(({ id, name }) => ({ kind: t("campaign.title"), name, to: campaignPath(site, id) })),
    ...segments
      .filter(({ condition }) => speaksOf(condition, segment))
      .map(({ id, name }) => ({ kind: t("segment.title"), name, to: segmentPath(site, id) })),
  ];
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" mb={6} id={id}>
        {t("segment.usedBy")}
      </Title>
      {users.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("segment.unused")}
        </Text>
      ) : (
        <ul className="k-plainlist">
          {users.map(({ kind, name, to }) => (
            <li key={to}>
              <Text span size="xs" c="dimmed" mr={8}>
                {kind}
              </Text>
              <Anchor component={Link} to={to} size="sm" className="k-anywhere">
                {name}
              </Anchor>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
