import { Button, NativeSelect, Text } from "@mantine/core";
import { IconFilterOff, IconSend } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { DELIVERY_STATUSES, type Delivery } from "../api/notifications";
import { useConsole, useSite } from "../console";
import { LoadMore } from "../ui/LoadMore";
import { Page } from "../ui/Page";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { DeliveriesTable } from "./DeliveriesTable";
import { choices, type DeliveryFilter, filterOf, isFiltered, matching, underWay } from "./filter";
import "../notifications/notifications.css";

const SOON_MS = 5_000;
const LATER_MS = 20_000;

export function DeliveriesPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const [query, setQuery] = useSearchParams();
  const deliveries = useInfiniteQuery({
    ...queries.deliveries(useSite()),
    refetchInterval: ({ state }) =>
      underWay(state.data?.pages.flatMap((page) => page.items) ?? []) ? SOON_MS : LATER_MS,
  });
  const items = deliveries.data?.pages.flatMap((page) => page.items) ?? [];
  const filter = filterOf(query);
  const shown = matching(items, filter);
  return (
    <Page title={t("nav.deliveries")} about={t("deliveries.about")}>
      {deliveries.isError && deliveries.data && <StaleNotice error={deliveries.error} retry={deliveries.refetch} />}
      {items.length > 0 && (
        <Filters
          items={items}
          filter={filter}
          onChange={(name, value) =>
            setQuery(
              (before) => {
                const next = new URLSearchParams(before);
                if (value) {
                  next.set(name, value);
                } else {
                  next.delete(name);
                }
                return next;
              },
              { replace: true },
            )
          }
          onClear={() => setQuery({}, { replace: true })}
        />
      )}
      <div className="k-panel">
        {deliveries.isPending ? (
          <LoadingRows height={60} />
        ) : !deliveries.data ? (
          <Failed error={deliveries.error} retry={deliveries.refetch} />
        ) : (
          <Shown shown={shown} of={items.length} more={deliveries.hasNextPage} />
        )}
      </div>
      {isFiltered(filter) && shown.length > 0 && deliveries.hasNextPage && (
        <Text size="xs" c="dimmed" ta="center" mt="sm">
          {t("deliveries.searched", { n: items.length })}
        </Text>
      )}
      {deliveries.data && <LoadMore {...deliveries} />}
    </Page>
  );
}

function Shown({ shown, of, more }: { shown: readonly Delivery[]; of: number; more: boolean }) {
  const { t } = useTranslation();
  if (shown.length > 0) {
    return <DeliveriesTable deliveries={shown} />;
  }
  return of === 0 ? (
    <Empty icon={IconSend} title={t("deliveries.none")}>
      {t("deliveries.noneAbout")}
    </Empty>
  ) : (
    <Empty icon={IconSend} title={t("list.noMatch")}>
      {more && t("deliveries.olderMayMatch", { n: of })}
    </Empty>
  );
}

interface FilterProps {
  items: readonly Delivery[];
  filter: DeliveryFilter;
  onChange: (name: keyof DeliveryFilter, value: string) => void;
  onClear: () => void;
}

function Filters({ items, filter, onChange, onClear }: FilterProps) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const rules = useQuery(queries.rules(site)).data?.items ?? [];
  const destinations = useQuery(queries.destinations(site)).data?.items ?? [];
  return (
    <div className="k-list-filters k-delivery-filters">
      <NativeSelect
        size="xs"
        aria-label={t("deliveries.status")}
        value={filter.status ?? ""}
        onChange={({ currentTarget }) => onChange("status", currentTarget.value)}
        data={[
          { value: "", label: t("deliveries.anyStatus") },
          ...DELIVERY_STATUSES.map((status) => ({ value: status, label: t(`delivery.${status}`) })),
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t("rule.title")}
        value={filter.rule ?? ""}
        onChange={({ currentTarget }) => onChange("rule", currentTarget.value)}
        data={[{ value: "", label: t("deliveries.anyRule") }, ...choices([...items.map(({ rule }) => rule), ...rules])]}
      />
      <NativeSelect
        size="xs"
        aria-label={t("destination.title")}
        value={filter.destination ?? ""}
        onChange={({ currentTarget }) => onChange("destination", currentTarget.value)}
        data={[
          { value: "", label: t("deliveries.anyDestination") },
          ...choices([...items.map(({ destination }) => destination), ...destinations]),
        ]}
      />
      {isFiltered(filter) && (
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconFilterOff size={15} />} onClick={onClear}>
          {t("deliveries.showAll")}
        </Button>
      )}
    </div>
  );
}
