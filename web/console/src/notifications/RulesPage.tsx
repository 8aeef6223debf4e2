import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { IconBell, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useChangeRule } from "../api/notificationChanges";
import type { Delivery, Rule } from "../api/notifications";
import { useConsole, useSite } from "../console";
import { OutOfAction } from "../ui/OutOfAction";
import { Page } from "../ui/Page";
import { Publishing, StatusBadge } from "../ui/Publishing";
import { SummaryText } from "../ui/SummaryText";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { When } from "../ui/When";
import { TypeIcon } from "./kinds";
import { NotificationTabs } from "./NotificationTabs";
import { deliveriesPath, destinationPath, rulePath } from "./paths";
import { useTrouble } from "./problemText";
import "./notifications.css";

export function RulesPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const rules = useQuery({ ...queries.rules(site), refetchInterval: 10_000 });
  return (
    <Page
      title={t("rules.title")}
      about={t("rules.about")}
      actions={
        <Button component={Link} to={rulePath(site, "~new")} size="xs" leftSection={<IconPlus size={15} />}>
          {t("rules.new")}
        </Button>
      }
    >
      <NotificationTabs at="rules" />
      {rules.isError && rules.data && <StaleNotice error={rules.error} retry={rules.refetch} />}
      <div className="k-panel">
        {rules.isPending ? (
          <LoadingRows rows={5} height={60} />
        ) : !rules.data ? (
          <Failed error={rules.error} retry={rules.refetch} />
        ) : rules.data.items.length === 0 ? (
          <Empty icon={IconBell} title={t("rules.none")}>
            {t("rules.noneAbout")}
          </Empty>
        ) : (
          <RulesTable rules={rules.data.items} />
        )}
      </div>
    </Page>
  );
}

function RulesTable({ rules }: { rules: readonly Rule[] }) {
  const { t } = useTranslation();
  const last = useLastDeliveries();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed" className="k-notification-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("rule.title")}</Table.Th>
          <Table.Th scope="col" w={210} visibleFrom="md">
            {t("rule.destinations")}
          </Table.Th>
          <Table.Th scope="col" w={150} visibleFrom="md">
            {t("rule.last")}
          </Table.Th>
          <Table.Th scope="col" w={128} visibleFrom="sm">
            <span className="k-hidden">{t("campaign.actions")}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rules.map((rule) => (
          <Table.Tr key={rule.id}>
            <Table.Td>
              <RuleName rule={rule} />
            </Table.Td>
            <Table.Td visibleFrom="md">
              <RuleDestinations rule={rule} />
            </Table.Td>
            <Table.Td visibleFrom="md">
              <LastDelivery delivery={last.get(rule.id)} rule={rule.id} />
            </Table.Td>
            <Table.Td ta="right" visibleFrom="sm">
              <RulePublishing rule={rule} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function RulePublishing({ rule: { id, name, status } }: { rule: Rule }) {
  const { api } = useConsole();
  return <Publishing of="rule" name={name} status={status} change={useChangeRule(api, useSite(), id)} />;
}

function RuleName({ rule }: { rule: Rule }) {
  const trouble = useTrouble();
  const site = useSite();
  return (
    <>
      <Group gap="xs" wrap="wrap">
        <Anchor component={Link} to={rulePath(site, rule.id)} size="sm" fw={600} className="k-anywhere">
          {rule.name}
        </Anchor>
        <StatusBadge status={rule.status} />
      </Group>
      <Text size="sm" c="dimmed" component="p" m={0} lineClamp={3}>
        <SummaryText summary={rule.summary} />
      </Text>
      {rule.problem && <OutOfAction problem={trouble(rule.problem)} />}
      <Group hiddenFrom="md" mt={6} gap="sm">
        <RuleDestinations rule={rule} />
      </Group>
    </>
  );
}

function RuleDestinations({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const site = useSite();
  return (
    <ul className="k-plainlist k-told">
      {rule.destinations.map(({ id, name, type, enabled }) => (
        <li key={id}>
          <TypeIcon type={type} />
          {type === "unknown" ? (
            <span className="k-anywhere">{t("rule.destinationGone", { name })}</span>
          ) : (
            <Anchor component={Link} to={destinationPath(site, id)} size="sm" className="k-anywhere">
              {name}
            </Anchor>
          )}
          {!enabled && type !== "unknown" && (
            <Text span size="xs" c="dimmed">
              {t("health.off")}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function LastDelivery({ delivery, rule }: { delivery: Delivery | undefined; rule: string }) {
  const { t } = useTranslation();
  const site = useSite();
  if (!delivery) {
    return <span className="k-dim">–</span>;
  }
  return (
    <>
      <When at={delivery.at} />
      <Text size="xs">
        <Anchor component={Link} to={deliveriesPath(site, { rule })} size="xs">
          {t(`delivery.${delivery.status}`)}
        </Anchor>
      </Text>
    </>
  );
}

/** The newest delivery of each rule, as far as the newest page of the log tells. */
function useLastDeliveries(): Map<string, Delivery> {
  const { queries } = useConsole();
  const log = useInfiniteQuery(queries.deliveries(useSite())).data?.pages[0]?.items;
  return useMemo(() => {
    const last = new Map<string, Delivery>();
    for (const delivery of log ?? []) {
      if (!last.has(delivery.rule.id)) {
        last.set(delivery.rule.id, delivery);
      }
    }
    return last;
  }, [log]);
}
