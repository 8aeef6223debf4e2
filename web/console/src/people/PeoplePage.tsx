import { Badge, Group, Table, Text, TextInput } from "@mantine/core";
import { IconSearch, IconUsers } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { PersonSummary } from "../api/types";
import { useConsole, useSite, watchPath } from "../console";
import { number } from "../format/values";
import { LoadMore } from "../ui/LoadMore";
import { Page } from "../ui/Page";
import { PersonCell, usePersonName } from "../ui/PersonLink";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { When } from "../ui/When";
import { useOnline } from "./WatchNow";

export function PeoplePage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const [search, setSearch] = useState("");
  const people = useInfiniteQuery({ ...queries.people(site), refetchInterval: 15_000 });
  const loaded = people.data?.pages.flatMap((page) => page.items) ?? [];
  const found = loaded.filter((person) => isFound(person, search));
  return (
    <Page title={t("nav.people")} about={t("people.about")}>
      <TextInput
        mb="sm"
        maw={420}
        aria-label={t("people.search")}
        placeholder={t("people.search")}
        leftSection={<IconSearch size={16} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {people.isError && people.data && <StaleNotice error={people.error} retry={people.refetch} />}
      <div className="k-panel">
        {people.isPending ? (
          <LoadingRows height={56} />
        ) : !people.data ? (
          <Failed error={people.error} retry={people.refetch} />
        ) : loaded.length === 0 ? (
          <Empty icon={IconUsers} title={t("people.none")}>
            {t("people.noneAbout")}
          </Empty>
        ) : found.length === 0 ? (
          <Empty icon={IconSearch} title={t("list.noMatch")}>
            {people.hasNextPage && t("people.searchLoaded")}
          </Empty>
        ) : (
          <PeopleTable people={found} />
        )}
      </div>
      {people.data && <LoadMore {...people} />}
    </Page>
  );
}

function isFound(person: PersonSummary, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return [person.name, person.email, person.id].some((value) => value?.toLowerCase().includes(wanted));
}

function PeopleTable({ people }: { people: PersonSummary[] }) {
  const { t, i18n } = useTranslation();
  const online = useOnline();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover className="k-table" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("people.person")}</Table.Th>
          <Table.Th scope="col" w={130}>
            {t("people.lastSeen")}
          </Table.Th>
          <Table.Th scope="col" w={130} visibleFrom="md">
            {t("people.firstSeen")}
          </Table.Th>
          <Table.Th scope="col" w={110} ta="right" visibleFrom="sm">
            {t("people.visits")}
          </Table.Th>
          <Table.Th scope="col" w={110} ta="right" visibleFrom="sm">
            {t("people.events")}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="lg">
            {t("people.segments")}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {people.map((person) => (
          <Table.Tr key={person.id}>
            <Table.Td>
              <PersonCell id={person.id} name={person.name} email={person.email} />
            </Table.Td>
            <Table.Td>
              <When at={person.last_seen} /> <LiveBadge session={online.get(person.id)} person={person} />
            </Table.Td>
            <Table.Td visibleFrom="md">
              <When at={person.first_seen} />
            </Table.Td>
            <Table.Td ta="right" visibleFrom="sm">
              {number(person.sessions, i18n.language)}
            </Table.Td>
            <Table.Td ta="right" visibleFrom="sm">
              {number(person.events, i18n.language)}
            </Table.Td>
            <Table.Td visibleFrom="lg">
              <Segments ids={person.segments} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** The way to watch somebody who is on the site now. */
function LiveBadge({ session, person }: { session: string | undefined; person: PersonSummary }) {
  const { t } = useTranslation();
  const site = useSite();
  const personName = usePersonName();
  if (session === undefined) {
    return null;
  }
  return (
    <Badge
      component={Link}
      to={watchPath(site, session)}
      size="sm"
      color="red"
      variant="light"
      tt="none"
      className="k-badge-link"
      leftSection={<span className="k-dot k-pulse" />}
      aria-label={t("people.live", { name: personName(person.id, person.name, person.email) })}
    >
      {t("replay.live")}
    </Badge>
  );
}

function Segments({ ids }: { ids: string[] }) {
  const { queries } = useConsole();
  const segments = useQuery(queries.segments(useSite()));
  if (ids.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        –
      </Text>
    );
  }
  return (
    <Group gap={4}>
      {ids.map((id) => (
        <Badge key={id} variant="light" tt="none" fw={500}>
          {segments.data?.items.find((segment) => segment.id === id)?.name ?? id}
        </Badge>
      ))}
    </Group>
  );
}
