import "./results.css";
import { Alert, Group, NativeSelect, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Campaign, Results } from "../../api/campaigns";
import { useConsole, useSite } from "../../console";
import { number, percent } from "../../format/values";
import { Failed, LoadingRows, StaleNotice } from "../../ui/states";
import { When } from "../../ui/When";
import { goalOf } from "./arms";
import { DaysChart } from "./DaysChart";
import { Experiment } from "./Experiment";
import { ExportMenu } from "./ExportMenu";
import { Funnel } from "./Funnel";
import { Groups } from "./Groups";
import { Reading } from "./Reading";
import { Suppressions } from "./Suppressions";

const SPANS = [7, 30, 90];

/** What came of a campaign: the funnel, the experiment, what kept it back, and who did what. */
export function ResultsTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const [params, setParams] = useSearchParams();
  const days = SPANS.find((each) => each === Number(params.get("days"))) ?? 30;
  const results = useQuery({
    ...queries.results(site, campaign.id, days),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
  const change = (name: string, value: string) =>
    setParams(
      (before) => {
        before.set(name, value);
        return before;
      },
      { replace: true },
    );
  if (!results.data) {
    return (
      <div className="k-panel">
        {results.isError ? <Failed error={results.error} retry={results.refetch} /> : <LoadingRows />}
      </div>
    );
  }
  const goal = goalOf(results.data, params.get("goal"));
  return (
    <div className="k-stack" data-old={results.isPlaceholderData}>
      {results.isError && <StaleNotice error={results.error} retry={results.refetch} />}
      <Group gap="sm" justify="space-between">
        <Group gap="sm">
          <NativeSelect
            size="xs"
            aria-label={t("results.span")}
            value={String(days)}
            onChange={({ currentTarget }) => change("days", currentTarget.value)}
            data={SPANS.map((span) => ({ value: String(span), label: t("results.days", { count: span }) }))}
          />
          {results.data.goals.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label={t("results.goal")}
              value={goal?.id ?? ""}
              onChange={({ currentTarget }) => change("goal", currentTarget.value)}
              data={results.data.goals.map(({ id, name }) => ({ value: id, label: t("results.byGoal", { name }) }))}
            />
          )}
          <Text size="sm" c="dimmed" className="k-number">
            {results.data.from} – {results.data.to}
          </Text>
        </Group>
        <Group gap="xs">
          <Reading />
          <ExportMenu campaign={campaign} results={results.data} />
        </Group>
      </Group>
      <Totals results={results.data} />
      <SplitWarning results={results.data} />
      <div className="k-columns">
        <Funnel results={results.data} goal={goal} />
        <Suppressions results={results.data} />
      </div>
      <Experiment results={results.data} goal={goal} />
      <DaysChart results={results.data} goal={goal} />
      <Groups campaign={campaign} results={results.data} />
    </div>
  );
}

function Totals({ results: { counters } }: { results: Results }) {
  const { t, i18n } = useTranslation();
  const rate = (part: number) => percent(part, counters.shown, i18n.language);
  const tiles = [
    ["eligible", null],
    ["shown", percent(counters.shown, counters.eligible, i18n.language)],
    ["clicked", rate(counters.clicked)],
    ["closed", rate(counters.closed)],
    ["goals", rate(counters.goals)],
    ["control", null],
    ["suppressed", percent(counters.suppressed, counters.eligible, i18n.language)],
  ] as const;
  return (
    <dl className="k-tiles" aria-label={t("results.totals")}>
      {tiles.map(([counter, share]) => (
        <div key={counter} className="k-panel">
          <dt>{t(`counter.${counter}`)}</dt>
          <dd>
            {number(counters[counter], i18n.language)}
            {share && <small>{share}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Arms that did not get their shares of people cannot be compared. */
function SplitWarning({ results: { sample_ratio } }: { results: Results }) {
  const { t } = useTranslation();
  if (!sample_ratio.suspicious) {
    return null;
  }
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t("split.title")} role="alert">
      <Text size="sm">{t("split.about")}</Text>
      <Text size="sm" c="dimmed" mt={4}>
        {sample_ratio.p !== null &&
          t("split.p", { p: sample_ratio.p < 0.0001 ? "< 0.0001" : sample_ratio.p.toFixed(4) })}
        {sample_ratio.since && (
          <>
            {" "}
            {t("split.since")} <When at={sample_ratio.since} mode="both" />
          </>
        )}
      </Text>
    </Alert>
  );
}
