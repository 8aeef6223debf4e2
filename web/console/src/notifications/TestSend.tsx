import { Alert, Button, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconSend } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTestDestination } from "../api/notificationChanges";
import type { Tested } from "../api/notifications";
import { useConsole, useSite } from "../console";
import { number } from "../format/values";
import { useErrorText } from "../ui/states";
import { FailureText } from "./FailureText";

interface Props {
  destinations: readonly { id: string; name: string }[];
  disabled?: boolean;
}

type Outcome = { id: string; name: string } & ({ tested: Tested } | { refused: Error });

/** Send a real sample to each of these, and say what happened. */
export function TestSend({ destinations, disabled = false }: Props) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const site = useSite();
  const client = useQueryClient();
  const test = useTestDestination(api, site);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [sending, setSending] = useState(false);

  async function send() {
    setSending(true);
    setOutcomes([]);
    for (const { id, name } of destinations) {
      const outcome: Outcome = await test.mutateAsync(id).then(
        (tested) => ({ id, name, tested }),
        (refused: Error) => ({ id, name, refused }),
      );
      setOutcomes((before) => [...before, outcome]);
    }
    setSending(false);
    void client.invalidateQueries({ queryKey: [site, "destinations"] });
  }

  return (
    <div>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconSend size={15} />}
        onClick={() => void send()}
        loading={sending}
        disabled={disabled || destinations.length === 0}
      >
        {t("test.send")}
      </Button>
      <div className="k-outcomes" role="status" aria-label={t("test.outcomes")}>
        {outcomes.map((outcome) => (
          <OutcomeText key={outcome.id} outcome={outcome} />
        ))}
      </div>
    </div>
  );
}

function OutcomeText({ outcome }: { outcome: Outcome }) {
  const { t, i18n } = useTranslation();
  const errorText = useErrorText();
  if ("refused" in outcome) {
    return (
      <Alert color="red" variant="light" icon={<IconCircleX />} title={t("test.failed", { name: outcome.name })} p="xs">
        {errorText(outcome.refused)}
      </Alert>
    );
  }
  const { status, response_code, error, duration_ms } = outcome.tested;
  const delivered = status === "delivered";
  const figures = [
    response_code !== null && `HTTP ${response_code}`,
    duration_ms !== null && `${number(duration_ms, i18n.language)} ms`,
  ].filter(Boolean);
  return (
    <Alert
      color={delivered ? "teal" : "red"}
      variant="light"
      icon={delivered ? <IconCircleCheck /> : <IconCircleX />}
      title={t(delivered ? "test.delivered" : "test.failed", { name: outcome.name })}
      p="xs"
    >
      {figures.length > 0 && (
        <Text size="xs" c="dimmed" className="k-number">
          {figures.join(" · ")}
        </Text>
      )}
      {error && <FailureText error={error} />}
    </Alert>
  );
}
