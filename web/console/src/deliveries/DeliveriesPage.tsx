import { Badge, Table, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Delivery } from "../api/types";
import { useConsole, useSite } from "../console";
import { eventTitle } from "../events/wording";
import { number } from "../format/values";
import { LoadMore } from "../ui/LoadMore";
import { Page } from "../ui/Page";
import { PersonLink } from "../ui/PersonLink";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { When } from "../ui/When";

export function DeliveriesPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const deliveries = useInfiniteQuery({ ...queries.deliveries(useSite()), refetchInterval: 5_000 });
  const items = deliveries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t("nav.deliveries")} about={t("deliveries.about")}>
      {deliveries.isError && deliveries.data && <StaleNotice error={deliveries.error} retry={deliveries.refetch} />}
      <div className="k-panel">
        {deliveries.isPending ? (
          <LoadingRows height={60} />
        ) : !deliveries.data ? (
          <Failed error={deliveries.error} retry={deliveries.refetch} />
        ) : items.length === 0 ? (
          <Empty icon={IconSend} title={t("deliveries.none")}>
            {t("deliveries.noneAbout")}
          </Empty>
        ) : (
          <DeliveriesTable deliveries={items} />
        )}
      </div>
      {deliveries.data && <LoadMore {...deliveries} />}
    </Page>
  );
}

function DeliveriesTable({ deliveries }: { deliveries: Delivery[] }) {
  const { t, i18n } = useTranslation();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("deliveries.notification")}</Table.Th>
          <Table.Th scope="col" w={{ base: 116, sm: 190 }}>
            {t("deliveries.status")}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {t("people.person")}
          </Table.Th>
          <Table.Th scope="col" w={104} ta="right" visibleFrom="md">
            {t("deliveries.attempts")}
          </Table.Th>
          <Table.Th scope="col" w={130} visibleFrom="sm">
            {t("deliveries.at")}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {deliveries.map((delivery) => (
          <Table.Tr key={delivery.id}>
            <Table.Td>
              <Text size="sm" fw={600} className="k-anywhere">
                {delivery.rule.name}
              </Text>
              <Text size="xs" c="dimmed" className="k-anywhere">
                {delivery.destination.name} · {eventTitle({ type: "track", event: delivery.event }, t)}
              </Text>
              <Text size="xs" c="dimmed" hiddenFrom="sm" component="div">
                <PersonLink id={delivery.person} /> · <When at={delivery.at} />
              </Text>
            </Table.Td>
            <Table.Td>
              <Outcome delivery={delivery} />
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <PersonLink id={delivery.person} />
            </Table.Td>
            <Table.Td ta="right" visibleFrom="md">
              {number(delivery.attempts, i18n.language)}
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <When at={delivery.at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const colors = { delivered: "teal", retrying: "orange", failed: "red" } as const;

function Outcome({ delivery }: { delivery: Delivery }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Badge variant="light" color={colors[delivery.status]} tt="none">
        {t(`delivery.${delivery.status}`)}
      </Badge>
      <Text size="xs" c="dimmed" mt={2}>
        {[
          delivery.response_code !== null && `HTTP ${delivery.response_code}`,
          delivery.duration_ms !== null && `${number(delivery.duration_ms, i18n.language)} ms`,
        ]
          .filter(Boolean)
          .join(" · ")}
      </Text>
      {delivery.error && (
        <Text size="xs" className="k-anywhere">
          {delivery.error}
        </Text>
      )}
      {delivery.next_attempt && delivery.status === "retrying" && (
        <Text size="xs" c="dimmed">
          {t("deliveries.next")} <When at={delivery.next_attempt} />
        </Text>
      )}
    </>
  );
}
