import { Text, Title } from "@mantine/core";
import { type ReactNode, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Summaries } from "../api/campaigns";
import { percent } from "../format/values";
import { SummaryText } from "../ui/SummaryText";
import { When } from "../ui/When";
import { type Definition, type Layout, LOCALES, type Locale } from "./document";
import { useDeliveryWords } from "./editor/deliveryWords";
import { useMomentWords } from "./editor/momentWords";
import { drawnAction } from "./preview/drawnAction";
import { Thumbnail } from "./preview/Thumbnail";
import { useSiteTheme } from "./useSiteTheme";

/** The campaign as a person would tell it, in the order it is decided, and what it shows. */
export function Overview({ summaries, definition }: { summaries: Summaries; definition: Definition }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const momentWords = useMomentWords();
  const { capsWords, hoursWords, stopWords } = useDeliveryWords();
  const { schedule, control_percent: control, exclusion_group: group } = definition;
  return (
    <div className="k-definition">
      <section className="k-panel k-pad" aria-labelledby={`${id}-conditions`}>
        <Title order={2} size="h6" mb="sm" id={`${id}-conditions`}>
          {t("campaign.conditions")}
        </Title>
        <dl className="k-terms">
          <Term name={t("step.trigger")}>
            <SummaryText summary={summaries.trigger} />
          </Term>
          <Term name={t("field.moment")}>{momentWords(definition)}</Term>
          <Term name={t("step.page")}>
            {summaries.page ? <SummaryText summary={summaries.page} /> : t("campaign.anyPage")}
          </Term>
          <Term name={t("step.audience")}>
            {summaries.audience ? <SummaryText summary={summaries.audience} /> : t("condition.everyone")}
          </Term>
          <Term name={t("step.schedule")}>
            <Dates schedule={schedule} />
            {hoursWords(schedule) && <div>{hoursWords(schedule)}</div>}
          </Term>
          <Term name={t("step.control")}>
            {control
              ? t("campaign.control", { percent: percent(control, 100, i18n.language) })
              : t("campaign.noControl")}
          </Term>
          <Term name={t("step.caps")}>
            {capsWords(definition.caps)}
            {stopWords(definition.stop_after) && <div>{stopWords(definition.stop_after)}</div>}
          </Term>
          {group && <Term name={t("step.exclusion")}>{t("campaign.exclusion", { group })}</Term>}
          <Term name={t("campaign.goals")}>
            <Goals goals={summaries.goals} definition={definition} />
          </Term>
        </dl>
      </section>
      <Variants definition={definition} />
    </div>
  );
}

function Dates({ schedule }: { schedule: Definition["schedule"] }) {
  const { t } = useTranslation();
  if (!schedule?.start && !schedule?.end) {
    return <>{t("campaign.always")}</>;
  }
  return (
    <>
      {schedule.start ? <When at={schedule.start} mode="both" /> : t("campaign.now")} –{" "}
      {schedule.end ? <When at={schedule.end} mode="both" /> : t("campaign.noEnd")}
    </>
  );
}

function Goals({ goals, definition }: { goals: Summaries["goals"]; definition: Definition }) {
  const { t } = useTranslation();
  const { windowWords } = useDeliveryWords();
  if (goals.length === 0) {
    return <>{t("campaign.noGoal")}</>;
  }
  return (
    <ul className="k-plainlist">
      {goals.map(({ id, name, when }, n) => (
        <li key={id}>
          <strong>{name}</strong>
          {n === 0 && goals.length > 1 && <span className="k-dim"> ({t("campaign.mainGoal")})</span>}
          <div>
            <SummaryText summary={when} />
          </div>
          <span className="k-dim">{windowWords(definition.goals?.find((goal) => goal.id === id)?.window)}</span>
        </li>
      ))}
    </ul>
  );
}

function Variants({ definition }: { definition: Definition }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const total = definition.variants.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" mb="sm" id={id}>
        {t("campaign.content")}
      </Title>
      {definition.variants.map(({ id: variant, name, weight = 1, action }) => (
        <div key={variant} className="k-variant">
          <Text size="sm" fw={600} mb="xs">
            {t("campaign.variant", { id: variant })}
            {name && ` · ${name}`} · {t(`layout.${action.type}`)}
            {definition.variants.length > 1 && (
              <Text span size="sm" c="dimmed" ml={6}>
                {percent(weight, total, i18n.language)}
              </Text>
            )}
          </Text>
          <div className="k-previews">
            {LOCALES.filter((locale) => action.content[locale]).map((locale) => (
              <figure key={locale} className="k-preview">
                <VariantThumbnail definition={definition} variant={variant} locale={locale} layout={action.type} />
                <figcaption>{t(`locale.${locale}`)}</figcaption>
              </figure>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

interface VariantProps {
  definition: Definition;
  variant: string;
  locale: Locale;
  layout: Layout;
}

function VariantThumbnail({ definition, variant, locale, layout }: VariantProps) {
  const { t } = useTranslation();
  const theme = useSiteTheme();
  const action = useMemo(() => drawnAction(definition, locale, theme, variant), [definition, locale, theme, variant]);
  const label = t("preview.of", { variant, language: t(`locale.${locale}`) });
  return <Thumbnail action={action} layout={layout} label={label} />;
}

function Term({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
