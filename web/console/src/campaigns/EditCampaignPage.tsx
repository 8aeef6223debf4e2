import "./editor/editor.css";
import { Alert, Anchor, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import type { Campaign } from "../api/campaigns";
import { campaignPath, useConsole, useSite } from "../console";
import { Page } from "../ui/Page";
import { StatusBadge } from "../ui/Publishing";
import { Failed, LoadingRows } from "../ui/states";
import { definitionOf } from "./document";
import { CampaignEditor } from "./editor/CampaignEditor";

/** Change a campaign. */
export function EditCampaignPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const navigate = useNavigate();
  const campaign = useQuery({ ...queries.campaign(site, useParams().campaign ?? ""), refetchInterval: 15_000 });
  const first = campaign.data ? definitionOf(campaign.data.definition) : null;
  return (
    <Page title={campaign.data?.name ?? t("campaign.title")} about={campaign.data && <Back campaign={campaign.data} />}>
      {!campaign.data ? (
        <div className="k-panel">
          {campaign.isError ? <Failed error={campaign.error} retry={campaign.refetch} /> : <LoadingRows />}
        </div>
      ) : first ? (
        <CampaignEditor
          key={campaign.data.id}
          campaign={campaign.data}
          first={first}
          onSaved={({ id }, published) => published && void navigate(campaignPath(site, id))}
        />
      ) : (
        <Alert variant="light">{t("campaign.unreadable")}</Alert>
      )}
    </Page>
  );
}

function Back({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm">
      <Anchor component={Link} to={campaignPath(useSite(), campaign.id)} size="sm">
        ← {t("editor.back")}
      </Anchor>
      <StatusBadge status={campaign.state} />
    </Group>
  );
}
