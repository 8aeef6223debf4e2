import { Alert, Button, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPlay } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSaveDestination } from "../api/notificationChanges";
import type { Destination } from "../api/notifications";
import { useConsole, useSite } from "../console";
import { useErrorText } from "../ui/states";
import { When } from "../ui/When";
import { FailureText } from "./FailureText";

export type HealthState = Destination["health"]["state"] | "off" | "incomplete";

/** How a destination is doing, whatever it is that keeps it from being sent to. */
export function healthOf({ enabled, health, problem }: Destination): HealthState {
  if (!enabled || health.state === "disabled") {
    return health.reason ? "disabled" : "off";
  }
  return problem ? "incomplete" : health.state;
}

/** A dot and a word: no one has to tell the colours apart. */
export function HealthMark({ state }: { state: HealthState }) {
  const { t } = useTranslation();
  return (
    <span className="k-health" data-state={state}>
      <span className="k-dot" aria-hidden />
      {t(`health.${state}`)}
    </span>
  );
}

/** What is wrong with a destination, in words, and the way to be sent to again. */
export function HealthNotice({ destination }: { destination: Destination }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const errorText = useErrorText();
  const save = useSaveDestination(api, useSite());
  const state = healthOf(destination);
  if (state === "healthy") {
    return null;
  }
  const { health, problem, definition, version } = destination;
  return (
    <Alert
      color={state === "disabled" || state === "incomplete" ? "red" : state === "degraded" ? "orange" : "gray"}
      variant="light"
      icon={<IconAlertTriangle />}
      title={t(`health.${state}.title`)}
      className="k-health-notice"
    >
      <Text size="sm" component="p" m={0}>
        {t(`health.${state}.about`)}
      </Text>
      {health.reason && (
        <div className="k-health-reason">
          <FailureText error={health.reason} />
        </div>
      )}
      {state === "incomplete" && problem && (
        <Text size="sm" component="p" m={0} mt={6} className="k-anywhere">
          <code>{problem}</code>
        </Text>
      )}
      <Text size="xs" c="dimmed" component="p" m={0} mt={6}>
        {health.since && (
          <>
            {t("health.since")} <When at={health.since} mode="both" />
          </>
        )}
        {health.next_at && state === "degraded" && (
          <>
            {" · "}
            {t("health.next")} <When at={health.next_at} />
          </>
        )}
      </Text>
      {(state === "disabled" || state === "off") && (
        <Button
          size="xs"
          mt="sm"
          leftSection={<IconPlayerPlay size={15} />}
          loading={save.isPending}
          onClick={() => save.mutate({ definition: { ...definition, enabled: true }, version })}
        >
          {t("destination.enable")}
        </Button>
      )}
      {save.error && (
        <Text size="sm" c="red" role="alert" mt="xs">
          {errorText(save.error)}
        </Text>
      )}
    </Alert>
  );
}
