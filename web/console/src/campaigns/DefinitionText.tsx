import { Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Campaign } from "../api/types";
import { number, percent } from "../format/values";
import { When } from "../ui/When";
import { ConditionText } from "./ConditionText";
import type { Definition, Locale, Variant } from "./definition";
import { Preview } from "./Preview";

interface Props {
  definition: Definition;
  /** Its conditions in words; left out while it is being written. */
  summaries?: Campaign["summaries"];
}

/** The campaign as a person would tell it, in the order it is decided. */
export function DefinitionText({ definition, summaries }: Props) {
  const id = useId();
  const { t, i18n } = useTranslation();
  const total = definition.variants.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return (
    <div className="k-definition">
      <section className="k-panel k-pad" aria-labelledby={`${id}-conditions`}>
        <Title order={2} size="h5" mb="sm" id={`${id}-conditions`}>
          {t("campaign.conditions")}
        </Title>
        <dl className="k-terms">
          <Term name={t("step.trigger")}>
            <ConditionText condition={definition.trigger} summary={summaries?.trigger} />
          </Term>
          <Term name={t("step.page")}>
            {definition.page ? (
              <ConditionText condition={definition.page} summary={summaries?.page} />
            ) : (
              <Plain text={t("campaign.anyPage")} />
            )}
          </Term>
          <Term name={t("step.audience")}>
            {definition.audience ? (
              <ConditionText condition={definition.audience} summary={summaries?.audience} />
            ) : (
              <Plain text={t("condition.everyone")} />
            )}
          </Term>
          <Term name={t("step.schedule")}>
            <ScheduleText schedule={definition.schedule} />
          </Term>
          <Term name={t("step.control")}>
            <Plain
              text={
                definition.control_percent
                  ? t("campaign.control", { percent: percent(definition.control_percent, 100, i18n.language) })
                  : t("campaign.noControl")
              }
            />
          </Term>
          <Term name={t("step.caps")}>
            <CapsText caps={definition.caps} />
          </Term>
          {definition.exclusion_group && (
            <Term name={t("step.exclusion")}>
              <Plain
                text={t("campaign.exclusion", {
                  group: definition.exclusion_group,
                  priority: number(definition.priority ?? 0, i18n.language),
                })}
              />
            </Term>
          )}
          <Term name={t("campaign.goal")}>
            {definition.goal ? (
              <>
                <ConditionText condition={definition.goal} summary={summaries?.goal} />
                <Text size="xs" c="dimmed">
                  {t("campaign.goalHours", { count: definition.goal_hours ?? 24 })}
                </Text>
              </>
            ) : (
              <Plain text={t("campaign.noGoal")} />
            )}
          </Term>
        </dl>
      </section>
      <section className="k-panel k-pad" aria-labelledby={`${id}-content`}>
        <Title order={2} size="h5" mb="sm" id={`${id}-content`}>
          {t("campaign.content")}
        </Title>
        {definition.variants.map((variant) => (
          <VariantText
            key={variant.id ?? "a"}
            variant={variant}
            share={definition.variants.length > 1 ? percent(variant.weight ?? 1, total, i18n.language) : null}
          />
        ))}
      </section>
    </div>
  );
}

function ScheduleText({ schedule }: { schedule: Definition["schedule"] | undefined }) {
  const { t } = useTranslation();
  if (!schedule?.start && !schedule?.end) {
    return <Plain text={t("campaign.always")} />;
  }
  return (
    <Text span size="sm">
      {schedule.start ? <When at={schedule.start} mode="both" /> : t("campaign.now")} –{" "}
      {schedule.end ? <When at={schedule.end} mode="both" /> : t("campaign.noEnd")}
    </Text>
  );
}

function CapsText({ caps }: { caps: Definition["caps"] | undefined }) {
  const { t } = useTranslation();
  // Once per visit is what a campaign that says nothing gets; null takes the limit away.
  const perVisit = caps?.per_visit === undefined ? 1 : caps.per_visit;
  const limits = [
    perVisit && t("caps.perVisit", { count: perVisit }),
    caps?.per_day && t("caps.perDay", { count: caps.per_day }),
    caps?.ever && t("caps.ever", { count: caps.ever }),
    caps?.min_seconds && t("caps.minSeconds", { count: caps.min_seconds }),
  ].filter(Boolean);
  return <Plain text={limits.length > 0 ? limits.join(t("list.separator")) : t("campaign.noLimit")} />;
}

function VariantText({ variant, share }: { variant: Variant; share: string | null }) {
  const { t } = useTranslation();
  const { action } = variant;
  const locales = (["ja", "en"] as Locale[]).filter((locale) => action.content[locale]);
  return (
    <div className="k-variant">
      <Text size="sm" fw={600} mb="xs">
        {t("campaign.variant", { id: variant.id ?? "a" })} · {t(`action.${action.type}`)}
        {share && (
          <Text span size="sm" c="dimmed" ml={6}>
            {share}
          </Text>
        )}
      </Text>
      <div className="k-previews">
        {locales.map((locale) => {
          const content = action.content[locale];
          return content ? <Preview key={locale} action={action} locale={locale} content={content} /> : null;
        })}
      </div>
    </div>
  );
}

function Term({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Plain({ text }: { text: string }) {
  return (
    <Text span size="sm">
      {text}
    </Text>
  );
}
