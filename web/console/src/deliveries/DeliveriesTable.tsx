import { ActionIcon, Anchor, Badge, Table, Text, useMatches } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Delivery } from "../api/notifications";
import { useSite } from "../console";
import { eventTitle } from "../events/wording";
import { number } from "../format/values";
import { FailureText } from "../notifications/FailureText";
import { TypeIcon } from "../notifications/kinds";
import { destinationPath, rulePath } from "../notifications/paths";
import { PersonLink } from "../ui/PersonLink";
import { When } from "../ui/When";
import { DeliveryDetails } from "./DeliveryDetails";
import { isRule } from "./filter";

export function DeliveriesTable({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  // Columns that are not shown must take no room.
  const columns = useMatches({ base: 2, sm: 3, md: 4 });
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed" className="k-notification-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("deliveries.notification")}</Table.Th>
          <Table.Th scope="col" w={{ base: 132, sm: 270 }}>
            {t("deliveries.status")}
          </Table.Th>
          <Table.Th scope="col" w={190} visibleFrom="sm">
            {t("people.person")}
          </Table.Th>
          <Table.Th scope="col" w={130} visibleFrom="md">
            {t("deliveries.at")}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {deliveries.map((delivery) => (
          <Fragment key={delivery.key}>
            <Table.Tr>
              <Table.Td>
                <What
                  delivery={delivery}
                  open={open === delivery.key}
                  onToggle={() => setOpen(open === delivery.key ? null : delivery.key)}
                />
              </Table.Td>
              <Table.Td>
                <Outcome delivery={delivery} />
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Person delivery={delivery} />
              </Table.Td>
              <Table.Td visibleFrom="md">
                <When at={delivery.at} />
              </Table.Td>
            </Table.Tr>
            {open === delivery.key && (
              <Table.Tr className="k-delivery-details">
                <Table.Td colSpan={columns}>
                  <DeliveryDetails delivery={delivery} />
                </Table.Td>
              </Table.Tr>
            )}
          </Fragment>
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface WhatProps {
  delivery: Delivery;
  open: boolean;
  onToggle: () => void;
}

function What({ delivery, open, onToggle }: WhatProps) {
  const { t } = useTranslation();
  const site = useSite();
  const { rule, destination, event, at } = delivery;
  const own = isRule(rule.id);
  return (
    <div className="k-named">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        onClick={onToggle}
        aria-expanded={open}
        aria-label={t("deliveries.details", { name: rule.name })}
      >
        {open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
      </ActionIcon>
      <div>
        {own ? (
          <Anchor component={Link} to={rulePath(site, rule.id)} size="sm" fw={600} className="k-anywhere">
            {rule.name}
          </Anchor>
        ) : (
          <Text size="sm" fw={600}>
            {t(rule.id.startsWith("alert.") ? "deliveries.alert" : "deliveries.test")}
          </Text>
        )}
        <Text size="xs" c="dimmed" className="k-anywhere">
          {own ? eventTitle({ type: "track", event }, t) : rule.name}
        </Text>
        <Text size="xs" c="dimmed" component="div" className="k-to">
          <TypeIcon type={destination.type} size={14} />
          {destination.type === "unknown" ? (
            <span className="k-anywhere">{t("rule.destinationGone", { name: destination.name })}</span>
          ) : (
            <Anchor component={Link} to={destinationPath(site, destination.id)} size="xs" className="k-anywhere">
              {destination.name}
            </Anchor>
          )}
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="md" component="div">
          <Text span size="xs" hiddenFrom="sm">
            <Person delivery={delivery} />
            {" · "}
          </Text>
          <When at={at} />
        </Text>
      </div>
    </div>
  );
}

function Person({ delivery: { person } }: { delivery: Delivery }) {
  // Kizuki's own alerts are about nobody.
  return person ? <PersonLink id={person} /> : <span className="k-dim">–</span>;
}

const colors = { delivered: "teal", retrying: "orange", failed: "red", waiting: "indigo", dropped: "gray" } as const;

function Outcome({ delivery }: { delivery: Delivery }) {
  const { t, i18n } = useTranslation();
  const { status, response_code, duration_ms, error, next_attempt, together } = delivery;
  const told = [
    response_code !== null && `HTTP ${response_code}`,
    duration_ms !== null && `${number(duration_ms, i18n.language)} ms`,
  ].filter(Boolean);
  return (
    <>
      <Badge variant="light" color={colors[status]} tt="none">
        {t(`delivery.${status}`)}
      </Badge>
      {status === "delivered" && together > 1 && (
        <Text size="xs" c="dimmed">
          {t("deliveries.together", { count: together })}
        </Text>
      )}
      {told.length > 0 && (
        <Text size="xs" c="dimmed" className="k-number">
          {told.join(" · ")}
        </Text>
      )}
      {error && status !== "delivered" && <FailureText error={error} todo={false} />}
      {next_attempt && (status === "retrying" || status === "waiting") && (
        <Text size="xs" c="dimmed">
          {t(status === "waiting" ? "deliveries.due" : "deliveries.next")} <When at={next_attempt} />
        </Text>
      )}
    </>
  );
}
