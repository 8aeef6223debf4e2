import { Alert, Button, Loader, Text, TextInput, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Audience, Json } from "../api/types";
import { useConsole, useSite } from "../console";
import { shortTime } from "../format/time";
import { number, percent } from "../format/values";
import { PersonLink } from "../ui/PersonLink";
import { useErrorText } from "../ui/states";
import { When } from "../ui/When";

/** How many people fulfil a condition, and some of them. Null while there is no condition to ask for. */
export function AudiencePanel({ condition, waiting = false }: { condition: Json | null; waiting?: boolean }) {
  const { t } = useTranslation();
  const id = useId();
  const [day, setDay] = useState("");
  const { answer, counting, error, retry } = useAudience(condition, day || null);
  const errorText = useErrorText();
  const busy = counting || waiting;
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <div className="k-builder-head">
        <Title order={2} size="h6" id={id}>
          {t("audience.title")}
        </Title>
        {busy && <Loader size={16} role="img" aria-label={t("audience.counting")} />}
      </div>
      {error ? (
        <Alert color="red" variant="light" role="alert" title={t("audience.failed")} mb="sm">
          <Text size="sm" mb="xs" className="k-anywhere">
            {typeof error === "string" ? error : errorText(error)}
          </Text>
          <Button size="compact-xs" variant="default" onClick={retry}>
            {t("error.retry")}
          </Button>
        </Alert>
      ) : (
        <Count answer={answer} busy={busy} />
      )}
      <TextInput
        type="date"
        size="xs"
        mt="sm"
        label={t("audience.asOf")}
        description={t("audience.asOfAbout")}
        value={day}
        max={today()}
        onChange={({ currentTarget }) => setDay(currentTarget.value)}
      />
      {answer && !error && answer.sample.length > 0 && (
        <div className="k-sample" data-old={busy}>
          <Title order={3} size="h6" mb={4}>
            {t("audience.sample")}
          </Title>
          <ul className="k-plainlist">
            {answer.sample.map((person) => (
              <li key={person.id}>
                <PersonLink id={person.id} name={person.name ?? person.email} />
                <Text span size="xs" c="dimmed">
                  <When at={person.last_seen} />
                </Text>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** As date fields write it, by the operator's clock. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function Count({ answer, busy }: { answer: Audience | null; busy: boolean }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const known = answer !== null && answer.count !== null && answer.of !== null;
  return (
    <div role="status" aria-busy={busy}>
      {known ? (
        <div className="k-answer" data-old={busy}>
          <Text size="sm" component="p" m={0}>
            <strong className="k-big">{number(answer.count ?? 0, language)}</strong>
            {t("audience.of", { of: number(answer.of ?? 0, language) })}
            {(answer.of ?? 0) > 0 && (
              <Text span size="sm" c="dimmed" ml={6}>
                {percent(answer.count ?? 0, answer.of ?? 0, language)}
              </Text>
            )}
          </Text>
          {answer.complete_up_to && (
            <Text size="xs" c="dimmed">
              {t("audience.complete", {
                time: shortTime(Date.parse(answer.complete_up_to), Date.now(), language),
              })}
            </Text>
          )}
        </div>
      ) : (
        <Text size="sm" c="dimmed">
          {busy ? t("audience.counting") : t("audience.none")}
        </Text>
      )}
    </div>
  );
}

/** Start the query for the condition as it is now and wait for its answer; those of older conditions are dropped. */
function useAudience(condition: Json | null, asOf: string | null) {
  const { queries } = useConsole();
  const site = useSite();
  const started = useQuery({
    ...queries.startedAudience(site, condition, asOf),
    enabled: condition !== null,
    placeholderData: keepPreviousData,
  });
  const running = started.data && !started.isPlaceholderData && started.data.status === "running";
  const polled = useQuery({ ...queries.audience(site, started.data?.id ?? ""), enabled: running === true });
  const present = started.isPlaceholderData || !started.data ? null : running ? polled.data : started.data;
  const settled = present && present.status !== "running" ? present : null;
  // The last count stays, paler, while the next is made.
  const last = useRef<Audience | null>(null);
  if (settled?.status === "done") {
    last.current = settled;
  }
  const failed = settled?.status === "failed" ? (settled.reason ?? "") : null;
  return {
    answer: last.current,
    counting: condition !== null && !settled && !started.isError && !polled.isError,
    error: failed ?? started.error ?? polled.error,
    retry: () => void started.refetch(),
  };
}
