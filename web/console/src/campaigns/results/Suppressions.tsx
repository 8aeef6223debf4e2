import { Text, Title } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Results } from "../../api/campaigns";
import { number, percent } from "../../format/values";
import { stepAbout, stepName } from "../reason";

/** What kept it from being shown, most often first, each in words. */
export function Suppressions({ results: { steps, counters } }: { results: Results }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const sorted = Object.entries(steps)
    .filter(([, times]) => times > 0)
    .sort(([, one], [, other]) => other - one);
  const most = sorted[0]?.[1] ?? 1;
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {t("suppressions.title")}
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        {t("suppressions.about")}
      </Text>
      {sorted.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("suppressions.none")}
        </Text>
      ) : (
        <ul className="k-plainlist k-reasons">
          {sorted.map(([step, times]) => (
            <li key={step}>
              <div className="k-reason-head">
                <Text span size="sm" fw={600}>
                  {stepName(step, t)}
                </Text>
                <Text span size="sm" className="k-number">
                  {number(times, i18n.language)}
                  <Text span size="xs" c="dimmed" ml={6}>
                    {percent(times, counters.eligible, i18n.language)}
                  </Text>
                </Text>
              </div>
              <span className="k-meter k-meter-reason" style={{ width: `${(times / most) * 100}%` }} aria-hidden />
              <Text size="xs" c="dimmed">
                {stepAbout(step, t)}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
