import { Anchor, Badge, Button, Table, Text } from "@mantine/core";
import { IconPlus, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Destination } from "../api/notifications";
import { useConsole, useSite } from "../console";
import { Page } from "../ui/Page";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { When } from "../ui/When";
import { kindOf } from "./destination";
import { FailureText } from "./FailureText";
import { HealthMark, healthOf } from "./Health";
import { KIND_ICONS } from "./kinds";
import { NotificationTabs } from "./NotificationTabs";
import { destinationPath } from "./paths";
import "./notifications.css";

export function DestinationsPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const destinations = useQuery({ ...queries.destinations(site), refetchInterval: 15_000 });
  return (
    <Page
      title={t("destinations.title")}
      about={t("destinations.about")}
      actions={
        <Button component={Link} to={destinationPath(site, "~new")} size="xs" leftSection={<IconPlus size={15} />}>
          {t("destinations.new")}
        </Button>
      }
    >
      <NotificationTabs at="destinations" />
      {destinations.isError && destinations.data && (
        <StaleNotice error={destinations.error} retry={destinations.refetch} />
      )}
      <div className="k-panel">
        {destinations.isPending ? (
          <LoadingRows rows={5} height={60} />
        ) : !destinations.data ? (
          <Failed error={destinations.error} retry={destinations.refetch} />
        ) : destinations.data.items.length === 0 ? (
          <Empty icon={IconSend} title={t("destinations.none")}>
            {t("destinations.noneAbout")}
          </Empty>
        ) : (
          <DestinationsTable destinations={destinations.data.items} />
        )}
      </div>
    </Page>
  );
}

function DestinationsTable({ destinations }: { destinations: readonly Destination[] }) {
  const { t } = useTranslation();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed" className="k-notification-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("segment.name")}</Table.Th>
          <Table.Th scope="col" w={180} visibleFrom="md">
            {t("destination.kind")}
          </Table.Th>
          <Table.Th scope="col" w={{ base: 120, sm: 320 }}>
            {t("destination.health")}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {destinations.map((destination) => (
          <DestinationRow key={destination.id} destination={destination} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function DestinationRow({ destination }: { destination: Destination }) {
  const { t } = useTranslation();
  const site = useSite();
  const kind = kindOf(destination.definition);
  const Icon = KIND_ICONS[kind];
  const state = healthOf(destination);
  const { reason, next_at } = destination.health;
  return (
    <Table.Tr>
      <Table.Td>
        <div className="k-named">
          <Icon size={18} stroke={1.7} />
          <div>
            <Anchor
              component={Link}
              to={destinationPath(site, destination.id)}
              size="sm"
              fw={600}
              className="k-anywhere"
            >
              {destination.name}
            </Anchor>
            {destination.definition.alerts && (
              <Badge variant="light" color="indigo" tt="none" size="sm" ml={8} className="k-noshrink">
                {t("destination.alertsBadge")}
              </Badge>
            )}
            <Text size="xs" c="dimmed" hiddenFrom="md">
              {t(`kind.${kind}`)}
            </Text>
          </div>
        </div>
      </Table.Td>
      <Table.Td visibleFrom="md">{t(`kind.${kind}`)}</Table.Td>
      <Table.Td>
        <HealthMark state={state} />
        {state !== "healthy" && reason && (
          <div className="k-health-why">
            <FailureText error={reason} todo={false} />
          </div>
        )}
        {state === "incomplete" && (
          <Text size="xs" c="dimmed">
            {t("health.incomplete.short")}
          </Text>
        )}
        {state === "degraded" && next_at && (
          <Text size="xs" c="dimmed">
            {t("health.next")} <When at={next_at} />
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
