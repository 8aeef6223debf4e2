import { ActionIcon, Button, Group as MantineGroup, Table, Tabs, Text, Title, Tooltip } from "@mantine/core";
import { IconColumns3, IconDownload, IconPlayerPlay, IconUsers } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Campaign, GROUPS, type GroupOfPeople, type Outcome, type Results } from "../../api/campaigns";
import { campaignPath, replayMoment, useConsole, useSite } from "../../console";
import { csv } from "../../format/csv";
import { download } from "../../format/download";
import { number } from "../../format/values";
import { LoadMore } from "../../ui/LoadMore";
import { PersonLink, usePersonName } from "../../ui/PersonLink";
import { Empty, Failed, LoadingRows } from "../../ui/states";
import { When } from "../../ui/When";
import { peopleRows } from "./export";

/** Who did what after the display: four groups, and the replay of each person's. */
export function Groups({ campaign, results }: { campaign: Campaign; results: Results }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const site = useSite();
  const [group, setGroup] = useState<GroupOfPeople>("clicked_goal");
  return (
    <section className="k-panel" aria-labelledby={id}>
      <MantineGroup className="k-pad" justify="space-between" gap="sm">
        <div style={{ flex: "1 1 260px" }}>
          <Title order={2} size="h6" id={id}>
            {t("groups.title")}
          </Title>
          <Text size="xs" c="dimmed">
            {t("groups.about")}
          </Text>
        </div>
        <Button
          component={Link}
          to={`${campaignPath(site, campaign.id)}?tab=compare`}
          size="xs"
          variant="default"
          leftSection={<IconColumns3 size={15} />}
        >
          {t("groups.compare")}
        </Button>
      </MantineGroup>
      <Tabs value={group} onChange={(next) => setGroup(next as GroupOfPeople)} keepMounted={false}>
        <Tabs.List className="k-groups" aria-labelledby={id}>
          {GROUPS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              <span className="k-group-size">{number(results.groups[each], i18n.language)}</span>
              {t(`group.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {GROUPS.map((each) => (
          <Tabs.Panel key={each} value={each}>
            <People campaign={campaign} group={each} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}

function People({ campaign, group }: { campaign: Campaign; group: GroupOfPeople }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const people = useInfiniteQuery(queries.outcomes(site, campaign.id, group));
  const loaded = people.data?.pages.flatMap((page) => page.items) ?? [];
  if (!people.data) {
    return people.isError ? <Failed error={people.error} retry={people.refetch} /> : <LoadingRows rows={4} />;
  }
  if (loaded.length === 0) {
    return <Empty icon={IconUsers} title={t("groups.none")} />;
  }
  return (
    <>
      <OutcomesTable outcomes={loaded} />
      <div className="k-table-foot">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDownload size={14} />}
          onClick={() =>
            download(
              `${campaign.id}-${group}.csv`,
              "text/csv;charset=utf-8",
              csv(peopleRows(loaded, (column) => t(`csv.${column}`))),
            )
          }
        >
          {t("export.people")}
        </Button>
      </div>
      <LoadMore {...people} />
    </>
  );
}

function OutcomesTable({ outcomes }: { outcomes: readonly Outcome[] }) {
  const { t } = useTranslation();
  return (
    <Table horizontalSpacing="md" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("people.person")}</Table.Th>
          <Table.Th scope="col" w={140} visibleFrom="md">
            {t("experiment.arm")}
          </Table.Th>
          <Table.Th scope="col" w={140} visibleFrom="xs">
            {t("counter.shown")}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {t("groups.after")}
          </Table.Th>
          <Table.Th scope="col" w={64}>
            <span className="k-hidden">{t("replay.title")}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {outcomes.map((outcome) => (
          <OutcomeRow key={`${outcome.person} ${outcome.shown_at}`} outcome={outcome} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function OutcomeRow({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const site = useSite();
  const personName = usePersonName();
  const after = [
    [t("counter.clicked"), outcome.clicked_at],
    [t("counter.closed"), outcome.closed_at],
    [t("groups.goal"), outcome.goal_at],
  ] as const;
  return (
    <Table.Tr>
      <Table.Td>
        <PersonLink id={outcome.person} name={outcome.name} />
      </Table.Td>
      <Table.Td visibleFrom="md">{outcome.variant}</Table.Td>
      <Table.Td visibleFrom="xs">{outcome.shown_at && <When at={outcome.shown_at} />}</Table.Td>
      <Table.Td visibleFrom="sm">
        <span className="k-after">
          {after.map(([what, at]) =>
            at ? (
              <span key={what}>
                {what} <When at={at} mode="clock" />
              </span>
            ) : null,
          )}
        </span>
      </Table.Td>
      <Table.Td ta="right">
        {outcome.replay && (
          <Tooltip label={t("groups.play")}>
            <ActionIcon
              component={Link}
              to={replayMoment(site, outcome.replay)}
              variant="subtle"
              aria-label={`${t("groups.play")}: ${personName(outcome.person, outcome.name)}`}
            >
              <IconPlayerPlay size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
