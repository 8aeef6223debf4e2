import { Alert, Button, FileButton, Group, NativeSelect, TextInput } from "@mantine/core";
import { IconFileImport, IconPlus, IconSearch, IconSpeakerphone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { Campaign } from "../api/campaigns";
import { campaignPath, useConsole, useSite } from "../console";
import { Page } from "../ui/Page";
import { useSummary } from "../ui/SummaryText";
import { Empty, Failed, LoadingRows, StaleNotice } from "../ui/states";
import { readDefinition } from "./exchange";
import { CampaignsTable } from "./list/CampaignsTable";
import { type Filter, filtered, filterFrom, paramsOf, SORTS, STATES } from "./list/filter";

export function CampaignsPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const campaigns = useQuery({ ...queries.campaigns(site), refetchInterval: 10_000 });
  const [failed, setFailed] = useState(false);
  return (
    <Page
      title={t("nav.campaigns")}
      about={t("campaigns.about")}
      actions={
        <Group gap="sm">
          <ImportButton onRead={setFailed} />
          <Button component={Link} to={campaignPath(site, "~new")} size="xs" leftSection={<IconPlus size={15} />}>
            {t("campaigns.new")}
          </Button>
        </Group>
      }
    >
      {failed && (
        <Alert color="red" variant="light" mb="sm" role="alert" withCloseButton onClose={() => setFailed(false)}>
          {t("campaigns.importFailed")}
        </Alert>
      )}
      {campaigns.isError && campaigns.data && <StaleNotice error={campaigns.error} retry={campaigns.refetch} />}
      {campaigns.data && campaigns.data.items.length > 0 ? (
        <Filtered campaigns={campaigns.data.items} />
      ) : (
        <div className="k-panel">
          {campaigns.isPending ? (
            <LoadingRows rows={5} height={60} />
          ) : !campaigns.data ? (
            <Failed error={campaigns.error} retry={campaigns.refetch} />
          ) : (
            <Empty icon={IconSpeakerphone} title={t("campaigns.none")}>
              {t("campaigns.noneAbout")}
            </Empty>
          )}
        </div>
      )}
    </Page>
  );
}

/** Open a definition that was exported, as a new campaign. */
function ImportButton({ onRead }: { onRead: (failed: boolean) => void }) {
  const { t } = useTranslation();
  const site = useSite();
  const navigate = useNavigate();
  async function read(file: File | null) {
    const definition = file && readDefinition(await file.text());
    onRead(definition === null);
    if (definition) {
      await navigate(`${campaignPath(site, "~new")}/edit`, { state: { definition } });
    }
  }
  return (
    <FileButton onChange={(file) => void read(file)} accept="application/json,.json">
      {(props) => (
        <Button {...props} size="xs" variant="default" leftSection={<IconFileImport size={15} />}>
          {t("campaigns.import")}
        </Button>
      )}
    </FileButton>
  );
}

function Filtered({ campaigns }: { campaigns: readonly Campaign[] }) {
  const { t } = useTranslation();
  const text = useSummary();
  const [params, setParams] = useSearchParams();
  const filter = filterFrom(params);
  const found = filtered(campaigns, filter, ({ sentence }) => (sentence ? text(sentence) : ""));
  const change = (fields: Partial<Filter>) => setParams(paramsOf({ ...filter, ...fields }), { replace: true });
  const count = (state: Filter["state"]) => campaigns.filter((each) => state === null || each.state === state).length;
  return (
    <>
      <div className="k-list-filters">
        <TextInput
          aria-label={t("campaigns.search")}
          placeholder={t("campaigns.search")}
          leftSection={<IconSearch size={16} />}
          value={filter.search}
          onChange={({ currentTarget }) => change({ search: currentTarget.value })}
        />
        <NativeSelect
          aria-label={t("campaigns.state")}
          value={filter.state ?? ""}
          onChange={({ currentTarget }) =>
            change({ state: STATES.find((each) => each === currentTarget.value) ?? null })
          }
          data={[
            { value: "", label: t("campaigns.everyState", { count: campaigns.length }) },
            ...STATES.map((state) => ({
              value: state,
              label: t("campaigns.ofState", { state: t(`status.${state}`), count: count(state) }),
            })),
          ]}
        />
        <NativeSelect
          aria-label={t("campaigns.sort")}
          value={filter.sort}
          onChange={({ currentTarget }) =>
            change({ sort: SORTS.find((each) => each === currentTarget.value) ?? "updated" })
          }
          data={SORTS.map((sort) => ({ value: sort, label: t(`campaigns.sort.${sort}`) }))}
        />
      </div>
      <div className="k-panel">
        {found.length === 0 ? (
          <Empty icon={IconSearch} title={t("list.noMatch")} />
        ) : (
          <CampaignsTable campaigns={found} />
        )}
      </div>
    </>
  );
}
