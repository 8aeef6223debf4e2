import { Anchor, Checkbox, NativeSelect, Text, Title } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSite } from "../../console";
import { retyped } from "../content/empty";
import { SelectorInput } from "../content/SelectorInput";
import { contentWords } from "../content/words";
import { type ActionDocument, LAYOUTS, type Layout, needsSelector, PLACEMENTS } from "../document";
import { PreviewPanel } from "../preview/PreviewPanel";
import { useEditor } from "./context";
import { LanguageTabs } from "./LanguageTabs";
import { VariablesSection } from "./VariablesSection";
import { VariantTabs } from "./VariantTabs";

/** What is shown: variants, their layouts, and their words in each language; beside it, how it looks. */
export function ContentStep() {
  const { definition, change, variant: index } = useEditor();
  const variant = definition.variants[index];
  if (!variant) {
    return null;
  }
  const path = `variants[${index}].action`;
  const onAction = (action: ActionDocument) =>
    change({ variants: definition.variants.map((each, n) => (n === index ? { ...each, action } : each)) });
  return (
    <div className="k-editor-preview">
      <div className="k-stack">
        <section className="k-panel k-pad k-form">
          <VariantTabs />
          <Place action={variant.action} path={path} onChange={onAction} />
          <LanguageTabs action={variant.action} path={path} onChange={onAction} />
        </section>
        <VariablesSection />
        <Links />
      </div>
      <PreviewPanel />
    </div>
  );
}

interface PlaceProps {
  action: ActionDocument;
  path: string;
  onChange: (action: ActionDocument) => void;
}

/** Which layout, and where on the screen or the page it is. */
function Place({ action, path, onChange }: PlaceProps) {
  const { t } = useTranslation();
  const placements = PLACEMENTS[action.type];
  return (
    <>
      <div className="k-two">
        <NativeSelect
          label={t("campaign.layout")}
          value={action.type}
          onChange={({ currentTarget }) => onChange(retyped(action, currentTarget.value as Layout, contentWords))}
          data={LAYOUTS.map((value) => ({ value, label: t(`layout.${value}`) }))}
          data-path={`${path}.type`}
        />
        {placements && (
          <NativeSelect
            label={t("content.placement")}
            value={action.placement ?? placements[0] ?? ""}
            onChange={({ currentTarget }) => onChange({ ...action, placement: currentTarget.value })}
            data={placements.map((value) => ({ value, label: t(`placement.${value as "top"}`) }))}
            data-path={`${path}.placement`}
          />
        )}
      </div>
      {needsSelector(action.type) && (
        <SelectorInput
          path={`${path}.selector`}
          value={action.selector ?? ""}
          onChange={(selector) => onChange({ ...action, selector })}
          required
        />
      )}
    </>
  );
}

function Links() {
  const { t } = useTranslation();
  const { definition, change } = useEditor();
  const site = useSite();
  const id = useId();
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" mb="xs" id={id}>
        {t("content.more")}
      </Title>
      <Checkbox
        size="sm"
        label={t("content.utm")}
        description={t("content.utmAbout", { id: definition.id })}
        checked={definition.utm ?? false}
        onChange={({ currentTarget }) => change({ utm: currentTarget.checked })}
      />
      <Text size="xs" c="dimmed" mt="sm">
        {t("content.theme")}{" "}
        <Anchor
          component={Link}
          to={`/sites/${encodeURIComponent(site)}/settings?tab=messages`}
          size="xs"
          underline="always"
        >
          {t("content.themeLink")}
        </Anchor>
      </Text>
    </section>
  );
}
