import { Button, Table, Text, Tooltip } from "@mantine/core";
import { IconBroadcast, IconUserOff } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { OnlineVisitor } from "../api/live";
import { useSite, watchPath } from "../console";
import { duration } from "../format/time";
import { number } from "../format/values";
import { useNow } from "../ui/now";
import { PersonCell, usePersonName } from "../ui/PersonLink";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { When } from "../ui/When";
import { countryName } from "./countries";
import { useDeviceName } from "./device";

/** Who is on the site now and is being recorded, the last to do something first. */
export function Online({ online }: { online: UseQueryResult<{ items: OnlineVisitor[] }> }) {
  const { t } = useTranslation();
  if (!online.data) {
    return (
      <div className="k-panel">
        {online.isError ? <Failed error={online.error} retry={online.refetch} /> : <LoadingRows rows={4} height={56} />}
      </div>
    );
  }
  const { items } = online.data;
  return (
    <>
      {online.isError && <StaleNotice error={online.error} retry={online.refetch} />}
      <div className="k-panel">
        {items.length === 0 ? (
          <Empty icon={IconUserOff} title={t("online.none")}>
            {t("online.noneAbout")}
          </Empty>
        ) : (
          <Visitors visitors={items} />
        )}
      </div>
    </>
  );
}

function Visitors({ visitors }: { visitors: readonly OnlineVisitor[] }) {
  const { t } = useTranslation();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("people.person")}</Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {t("online.page")}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="md">
            {t("online.visit")}
          </Table.Th>
          <Table.Th scope="col" w={120} visibleFrom="sm">
            {t("online.activity")}
          </Table.Th>
          <Table.Th scope="col" w={168}>
            <span className="k-hidden">{t("online.watch")}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {visitors.map((visitor) => (
          <Visitor key={visitor.session} visitor={visitor} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Visitor({ visitor }: { visitor: OnlineVisitor }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const deviceName = useDeviceName();
  const about = [
    visitor.visit && t("story.nthVisit", { n: number(visitor.visit, i18n.language) }),
    deviceName(visitor.device),
    visitor.country && countryName(visitor.country, i18n.language),
    t("online.since", { length: duration(now - Date.parse(visitor.started_at), i18n.language) }),
  ].filter(Boolean);
  return (
    <Table.Tr>
      <Table.Td>
        <PersonCell id={visitor.person} name={visitor.name} email={null} />
        <Text size="xs" c="dimmed" hiddenFrom="sm" className="k-truncate k-block">
          {visitor.page}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm" className="k-truncate" title={visitor.page ?? undefined}>
          {visitor.page ?? "–"}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm" c="dimmed">
          {about.join(" · ")}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm" c="dimmed" component="span">
          <When at={visitor.last_activity} />
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        <Watch visitor={visitor} />
      </Table.Td>
    </Table.Tr>
  );
}

function Watch({ visitor }: { visitor: OnlineVisitor }) {
  const { t } = useTranslation();
  const site = useSite();
  const personName = usePersonName();
  if (!visitor.playable) {
    return (
      <Tooltip label={t("online.notYetAbout")} multiline maw={260}>
        <Text size="xs" c="dimmed" component="span">
          {t("online.notYet")}
        </Text>
      </Tooltip>
    );
  }
  return (
    <Button
      component={Link}
      to={watchPath(site, visitor.session)}
      size="xs"
      color="red"
      variant="light"
      leftSection={<IconBroadcast size={15} />}
      aria-label={`${t("online.watch")}: ${personName(visitor.person, visitor.name)}`}
    >
      {t("online.watch")}
    </Button>
  );
}
