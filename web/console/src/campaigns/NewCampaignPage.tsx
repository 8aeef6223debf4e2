import "./gallery/gallery.css";
import { Anchor, NativeSelect, Text, TextInput, Title } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Template } from "../api/campaigns";
import { campaignPath, useConsole, useSite } from "../console";
import { inBoth } from "../i18n/both";
import { Page } from "../ui/Page";
import { Empty, Failed, LoadingRows } from "../ui/states";
import { isLayout, LAYOUTS } from "./document";
import { isPurpose, PURPOSES } from "./gallery/purposes";
import { isFound } from "./gallery/search";
import { TemplateCard } from "./gallery/TemplateCard";
import { TemplateDialog } from "./gallery/TemplateDialog";
import { LAYOUT_ICONS } from "./layouts";

/** Choose what a new campaign begins with: a template, or a blank one of some layout. */
export function NewCampaignPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const templates = useQuery(queries.templates(site));
  return (
    <Page
      title={t("campaigns.new")}
      about={
        <>
          <Anchor component={Link} to={campaignPath(site)} size="sm">
            ← {t("nav.campaigns")}
          </Anchor>
          <div>{t("gallery.about")}</div>
        </>
      }
    >
      <Blanks />
      {templates.data ? (
        <Gallery templates={templates.data.items} />
      ) : (
        <div className="k-panel">
          {templates.isError ? <Failed error={templates.error} retry={templates.refetch} /> : <LoadingRows />}
        </div>
      )}
    </Page>
  );
}

function Blanks() {
  const { t } = useTranslation();
  const site = useSite();
  const id = useId();
  return (
    <section className="k-panel k-pad k-blanks" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {t("gallery.blank")}
      </Title>
      <ul className="k-plainlist">
        {LAYOUTS.map((layout) => {
          const Icon = LAYOUT_ICONS[layout];
          return (
            <li key={layout}>
              <Link to={`${campaignPath(site, "~new")}/edit?layout=${layout}`} className="k-blank">
                <Icon size={16} stroke={1.6} /> {t(`layout.${layout}`)}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Gallery({ templates }: { templates: readonly Template[] }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [search, setSearch] = useState("");
  const [purpose, setPurpose] = useState("");
  const [layout, setLayout] = useState("");
  const [opened, open] = useState<Template | null>(null);
  const words = (template: Template) => [
    ...(isPurpose(template.purpose) ? inBoth(`purpose.${template.purpose}`) : [template.purpose]),
    ...(isLayout(template.layout) ? inBoth(`layout.${template.layout}`) : [template.layout]),
  ];
  const found = templates.filter(
    (each) =>
      (purpose === "" || (purpose === "own" ? each.own : each.purpose === purpose)) &&
      (layout === "" || each.layout === layout) &&
      isFound(each, search, words(each)),
  );
  const present = PURPOSES.filter((each) =>
    each === "own" ? templates.some(({ own }) => own) : templates.some((template) => template.purpose === each),
  );
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h5" mt="lg" mb="xs" id={id}>
        {t("gallery.title")}
      </Title>
      <div className="k-list-filters">
        <TextInput
          aria-label={t("gallery.search")}
          placeholder={t("gallery.search")}
          leftSection={<IconSearch size={16} />}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <NativeSelect
          aria-label={t("template.purpose")}
          value={purpose}
          onChange={({ currentTarget }) => setPurpose(currentTarget.value)}
          data={[
            { value: "", label: t("gallery.everyPurpose") },
            ...present.map((each) => ({ value: each, label: t(`purpose.${each}`) })),
          ]}
        />
        <NativeSelect
          aria-label={t("campaign.layout")}
          value={layout}
          onChange={({ currentTarget }) => setLayout(currentTarget.value)}
          data={[
            { value: "", label: t("gallery.everyLayout") },
            ...LAYOUTS.filter((each) => templates.some((template) => template.layout === each)).map((each) => ({
              value: each,
              label: t(`layout.${each}`),
            })),
          ]}
        />
      </div>
      <Text size="sm" c="dimmed" mb="xs" role="status">
        {t("gallery.found", { count: found.length })}
      </Text>
      {found.length === 0 ? (
        <div className="k-panel">
          <Empty icon={IconSearch} title={t("list.noMatch")} />
        </div>
      ) : (
        <ul className="k-plainlist k-gallery" lang={i18n.language}>
          {found.map((template) => (
            <li key={template.id}>
              <TemplateCard template={template} onOpen={() => open(template)} />
            </li>
          ))}
        </ul>
      )}
      {opened && <TemplateDialog template={opened} onClose={() => open(null)} />}
    </section>
  );
}
