import { Badge, Table, Text, Title } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { GROUPS } from "../api/campaigns";
import type { Comparison, Difference } from "../api/live";
import { duration } from "../format/time";
import { number } from "../format/values";
import { SummaryText } from "../ui/SummaryText";

/** What the groups did differently, the largest difference first, with its test. */
export function Differences({ comparison: { differences, caveat } }: { comparison: Comparison }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className="k-panel" aria-labelledby={id}>
      <div className="k-pad">
        <Title order={2} size="h6" id={id}>
          {t("differences.title")}
        </Title>
        <Text size="xs" c="dimmed" maw={860}>
          <SummaryText summary={caveat} />
        </Text>
      </div>
      {differences.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {t("differences.none")}
        </Text>
      ) : (
        <ol className="k-list">
          {differences.map((difference) => (
            <Row
              key={`${difference.kind} ${difference.feature} ${difference.between.join(" ")}`}
              difference={difference}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function Row({ difference }: { difference: Difference }) {
  const { t, i18n } = useTranslation();
  const { size, test, effect, p, q, between } = difference;
  return (
    <li className="k-row k-difference">
      <Badge variant="light" tt="none" color={size === "large" ? "ai" : "gray"} className="k-noshrink">
        {t(`differences.${size}`)}
      </Badge>
      <div style={{ minWidth: 0 }}>
        <Text size="sm">
          <SummaryText summary={difference.sentence} />
        </Text>
        <details className="k-more">
          <summary>{t("differences.figures")}</summary>
          <Table mt={6} verticalSpacing={4} className="k-number" w="auto">
            <Table.Tbody>
              {GROUPS.flatMap((group) => {
                const value = difference.groups[group];
                return value ? (
                  <Table.Tr key={group} data-compared={between.includes(group)}>
                    <Table.Th scope="row">{t(`group.${group}`)}</Table.Th>
                    <Table.Td>{told(difference, value.value, i18n.language)}</Table.Td>
                    <Table.Td c="dimmed">{t("differences.people", { count: value.people })}</Table.Td>
                  </Table.Tr>
                ) : (
                  []
                );
              })}
            </Table.Tbody>
          </Table>
          <Text size="xs" c="dimmed" mt={6}>
            {t("differences.test", {
              test: t(`differences.${test}`),
              effect: effect.toFixed(2),
              p: chance(p),
              q: chance(q),
            })}
          </Text>
        </details>
      </div>
    </li>
  );
}

const TIMES = ["first_action", "next_page", "pause", "length"];

/** Shares of people, medians of milliseconds, percents of a page's height, or means. */
function told({ kind, feature }: Difference, value: number, language: string): string {
  if (kind !== "number") {
    return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(value);
  }
  if (TIMES.includes(feature)) {
    return duration(value, language);
  }
  return feature === "scroll" ? `${Math.round(value)}%` : number(Math.round(value * 10) / 10, language);
}

const chance = (value: number) => (value < 0.001 ? "< 0.001" : value.toFixed(3));
