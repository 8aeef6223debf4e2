import { Anchor, Table } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Change } from "../api/campaigns";
import { useConsole, useSite } from "../console";
import { LoadMore } from "../ui/LoadMore";
import { Page } from "../ui/Page";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { When } from "../ui/When";
import { ChangedThing, ChangeWords } from "./told";

/** Who changed what on the site. */
export function ChangesPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const changes = useInfiniteQuery(queries.changes(site));
  const loaded = changes.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t("changes.title")}
      about={
        <>
          <Anchor component={Link} to={`/sites/${encodeURIComponent(site)}/settings`} size="sm">
            ← {t("nav.settings")}
          </Anchor>
          <div>{t("changes.about")}</div>
        </>
      }
    >
      {changes.isError && changes.data && <StaleNotice error={changes.error} retry={changes.refetch} />}
      <div className="k-panel">
        {changes.isPending ? (
          <LoadingRows />
        ) : !changes.data ? (
          <Failed error={changes.error} retry={changes.refetch} />
        ) : loaded.length === 0 ? (
          <Empty icon={IconHistory} title={t("changes.none")} />
        ) : (
          <ChangesTable changes={loaded} />
        )}
      </div>
      {changes.data && <LoadMore {...changes} />}
    </Page>
  );
}

function ChangesTable({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation();
  return (
    <Table horizontalSpacing="md" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t("changes.what")}</Table.Th>
          <Table.Th scope="col" w={140}>
            {t("changes.change")}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {t("changes.who")}
          </Table.Th>
          <Table.Th scope="col" w={140} visibleFrom="xs">
            {t("changes.when")}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={`${change.at} ${change.kind} ${change.id}`}>
            <Table.Td>
              <ChangedThing change={change} />
            </Table.Td>
            <Table.Td>
              <ChangeWords change={change} />
            </Table.Td>
            <Table.Td visibleFrom="sm" className="k-anywhere">
              {change.by ?? <span className="k-dim">{t("changes.somebody")}</span>}
            </Table.Td>
            <Table.Td visibleFrom="xs">
              <When at={change.at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
