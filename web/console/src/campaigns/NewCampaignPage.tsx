import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { JsonObject } from "../api/types";
import { useConsole, useSite } from "../console";
import { Page } from "../ui/Page";
import { Failed, LoadingRows } from "../ui/states";
import { DefinitionEditor } from "./DefinitionEditor";

const FIRST: JsonObject = {
  id: "welcome",
  name: "ようこそ / Welcome",
  trigger: { type: "event", name: "page" },
  page: null,
  audience: { type: "visits", op: "eq", value: 1 },
  control_percent: 0,
  variants: [
    {
      id: "a",
      action: {
        type: "bar",
        placement: "bottom",
        content: {
          ja: { title: "はじめてのお客様へ: 送料無料です", button: { label: "商品を見る", url: "/" } },
          en: { title: "Free shipping on your first order", button: { label: "See products", url: "/" } },
        },
      },
    },
  ],
  caps: { per_visit: 1 },
  goal: { type: "event", name: "Order Completed" },
};

/** Write a new campaign, beginning with an example or with a copy of another. */
export function NewCampaignPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const navigate = useNavigate();
  const from = useSearchParams()[0].get("from");
  const original = useQuery({ ...queries.campaign(site, from ?? ""), enabled: from !== null });
  const list = `/sites/${encodeURIComponent(site)}/campaigns`;
  return (
    <Page
      title={t("campaigns.new")}
      about={
        <>
          <Anchor component={Link} to={list} size="sm">
            ← {t("nav.campaigns")}
          </Anchor>
          <div>{t("campaign.newAbout")}</div>
        </>
      }
    >
      {from === null || original.data ? (
        <DefinitionEditor
          id={null}
          saved={original.data ? { ...original.data.definition, id: `${original.data.id}-copy` } : FIRST}
          onSaved={({ id }) => navigate(`${list}/${encodeURIComponent(id)}`)}
        />
      ) : (
        <div className="k-panel">
          {original.isError ? <Failed error={original.error} retry={original.refetch} /> : <LoadingRows />}
        </div>
      )}
    </Page>
  );
}
