import "./editor/editor.css";
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";
import { campaignPath, useConsole, useSite } from "../console";
import { Page } from "../ui/Page";
import { useSummary } from "../ui/SummaryText";
import { Failed, LoadingRows } from "../ui/states";
import { emptyAction } from "./content/empty";
import { contentWords } from "./content/words";
import { type Definition, definitionOf, type Goal, isLayout, type Layout, type Locale } from "./document";
import { CampaignEditor } from "./editor/CampaignEditor";
import { viewFrom } from "./editor/steps";

const newId = () => `campaign-${Math.random().toString(36).slice(2, 8)}`;

/** Write a new campaign: from a template, a copy, an imported definition, or from blank. */
export function CreateCampaignPage() {
  const { t } = useTranslation();
  const site = useSite();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { first, sample, loading, error, retry } = useBeginning();
  return (
    <Page
      title={t("campaigns.new")}
      about={
        <Anchor component={Link} to={campaignPath(site, "~new")} size="sm">
          ← {t("gallery.title")}
        </Anchor>
      }
    >
      {first ? (
        <CampaignEditor
          campaign={null}
          first={first}
          sample={sample}
          onSaved={({ id }, published) => {
            const step = new URLSearchParams({ step: viewFrom(params) });
            void navigate(published ? campaignPath(site, id) : `${campaignPath(site, id)}/edit?${step}`);
          }}
        />
      ) : (
        <div className="k-panel">{loading ? <LoadingRows /> : <Failed error={error} retry={retry} />}</div>
      )}
    </Page>
  );
}

/** What the address, or the list that a file was opened from, asks to begin with. */
function useBeginning() {
  const { t, i18n } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const text = useSummary();
  const [params] = useSearchParams();
  const imported = (useLocation().state as { definition?: Definition } | null)?.definition;
  const [id] = useState(newId);
  const [templateId, from] = [params.get("template"), params.get("from")];
  const templates = useQuery({ ...queries.templates(site), enabled: templateId !== null });
  const original = useQuery({ ...queries.campaign(site, from ?? ""), enabled: from !== null });
  const asked = params.get("layout") ?? "popup";
  const layout: Layout = isLayout(asked) ? asked : "popup";
  // Once it is there it stays: what it was made from may be read again.
  const [blank] = useState(
    (): Definition => ({
      id,
      name: t("editor.newName", { layout: t(`layout.${layout}`) }),
      trigger: { type: "event", name: "page" },
      variants: [{ id: "a", name: "", weight: 1, action: emptyAction(layout, i18n.language as Locale, contentWords) }],
    }),
  );
  if (imported) {
    return { first: imported, sample: undefined, loading: false, error: null, retry: () => undefined };
  }
  if (templateId !== null) {
    const template = templates.data?.items.find((each) => each.id === templateId);
    const definition = template && definitionOf(template.definition);
    const goalName = ({ id: goal, name }: Goal) => text(template?.goal_names?.[goal] ?? { ja: name, en: name });
    return {
      first: definition && {
        ...definition,
        id,
        name: text(template.name),
        ...(definition.goals && { goals: definition.goals.map((goal) => ({ ...goal, name: goalName(goal) })) }),
      },
      sample: template?.sample,
      loading: templates.isPending,
      error: templates.error,
      retry: templates.refetch,
    };
  }
  if (from !== null) {
    const definition = original.data && definitionOf(original.data.definition);
    return {
      first: definition && {
        ...definition,
        id: `${definition.id}-copy`.slice(0, 64),
        name: t("editor.copyName", { name: definition.name }),
      },
      sample: undefined,
      loading: original.isPending,
      error: original.error,
      retry: original.refetch,
    };
  }
  return { first: blank, sample: undefined, loading: false, error: null, retry: () => undefined };
}
