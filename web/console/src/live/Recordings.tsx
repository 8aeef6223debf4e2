import { Anchor, Button, Group, Loader, SegmentedControl, Text } from "@mantine/core";
import { IconMovie, IconMovieOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { type Filter, ORDERS, type Order } from "../api/live";
import { useConsole, useSite } from "../console";
import { LoadMore } from "../ui/LoadMore";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { FilterBar } from "./FilterBar";
import { readFilter, sameFilter, writeFilter } from "./filter";
import { RecordingRow } from "./RecordingRow";
import { SavedFilters } from "./SavedFilters";

const FRESH_EVERY_MS = 30_000;
/** One answer may hold few, or none, though there are more: so many are asked for before one is asked to go on. */
const BY_ITSELF = 5;
const ENOUGH = 10;

/** What the address says one looks for. */
export function useFilter() {
  const [params, setParams] = useSearchParams();
  const filter = readFilter(params.get("filter"));
  const order: Order = ORDERS.find((each) => each === params.get("order")) ?? "interest";
  const change = (name: string, value: string | null) =>
    setParams((before) => {
      if (value === null) {
        before.delete(name);
      } else {
        before.set(name, value);
      }
      return before;
    });
  return {
    filter,
    order,
    setFilter: (next: Filter) => change("filter", writeFilter(next)),
    setOrder: (next: Order) => change("order", next === "interest" ? null : next),
  };
}

export function Recordings() {
  const { t } = useTranslation();
  const { filter, order, setFilter, setOrder } = useFilter();
  return (
    <div className="k-live">
      <SavedFilters filter={filter} onChange={setFilter} />
      <section aria-label={t("live.recordings")} style={{ minWidth: 0 }}>
        <Group justify="space-between" align="flex-start" gap="xs" mb="sm">
          <FilterBar filter={filter} onChange={setFilter} />
          <SegmentedControl
            size="xs"
            aria-label={t("live.order")}
            value={order}
            onChange={(next) => setOrder(ORDERS.find((each) => each === next) ?? "interest")}
            data={ORDERS.map((value) => ({ value, label: t(`order.${value}`) }))}
          />
        </Group>
        <Found key={`${order} ${writeFilter(filter)}`} filter={filter} order={order} onClear={() => setFilter({})} />
      </section>
    </div>
  );
}

function Found({ filter, order, onClear }: { filter: Filter; order: Order; onClear: () => void }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const found = useInfiniteQuery({
    ...queries.foundReplays(site, filter, order),
    // Once older pages are open, the list keeps still.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? false : FRESH_EVERY_MS),
  });
  const items = unique(found.data?.pages.flatMap((page) => page.items) ?? []);
  const searching = useGoingOn(found, items.length);
  if (found.isPending) {
    return (
      <div className="k-panel">
        <LoadingRows rows={6} height={96} />
      </div>
    );
  }
  if (!found.data) {
    return (
      <div className="k-panel">
        <Failed error={found.error} retry={found.refetch} />
      </div>
    );
  }
  return (
    <>
      {found.isError && <StaleNotice error={found.error} retry={found.refetch} />}
      <div className="k-panel">
        {items.length > 0 ? (
          <ol className="k-list">
            {items.map((each) => (
              <RecordingRow key={each.session} found={each} />
            ))}
          </ol>
        ) : searching ? (
          <LoadingRows rows={6} height={96} />
        ) : found.hasNextPage ? (
          <Empty icon={IconMovieOff} title={t("live.notYet")}>
            {t("live.notYetAbout")}
          </Empty>
        ) : (
          <Nothing filter={filter} onClear={onClear} />
        )}
      </div>
      {searching && items.length > 0 && (
        <Group justify="center" p="md" gap="xs" role="status">
          <Loader size="xs" />
          <Text size="sm" c="dimmed">
            {t("live.searching")}
          </Text>
        </Group>
      )}
      {!searching && <LoadMore {...found} />}
    </>
  );
}

/** Pages are read one after the other: what came in between may be in two of them. */
function unique<Item extends { session: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.session, item])).values()];
}

/** Go on by itself while little was found. */
function useGoingOn(
  found: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isError: boolean;
    data?: { pages: { items: unknown[] }[] } | undefined;
    fetchNextPage: () => unknown;
  },
  count: number,
): boolean {
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = found;
  const times = useRef(0);
  const pages = found.data?.pages.length ?? 0;
  const goesOn = hasNextPage && !isError && count < ENOUGH && times.current < BY_ITSELF;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again after every page
  useEffect(() => {
    if (goesOn && !isFetchingNextPage) {
      times.current += 1;
      void fetchNextPage();
    }
  }, [goesOn, isFetchingNextPage, pages]);
  return goesOn || (isFetchingNextPage && count < ENOUGH);
}

function Nothing({ filter, onClear }: { filter: Filter; onClear: () => void }) {
  const { t } = useTranslation();
  const site = useSite();
  if (sameFilter(filter, {})) {
    return (
      <Empty icon={IconMovie} title={t("replays.none")}>
        {t("live.noneAbout")}{" "}
        <Anchor component={Link} to={`/sites/${encodeURIComponent(site)}/settings?tab=recording`} size="sm">
          {t("live.toSettings")}
        </Anchor>
      </Empty>
    );
  }
  return (
    <Empty icon={IconMovieOff} title={t("live.noMatch")}>
      <Text size="sm" mb="sm">
        {t("live.noMatchAbout")}
      </Text>
      <Button size="xs" variant="default" onClick={onClear}>
        {t("live.showAll")}
      </Button>
    </Empty>
  );
}
