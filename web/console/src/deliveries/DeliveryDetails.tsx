import { Alert, Anchor, Button, Text } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useRedrive } from "../api/notificationChanges";
import type { Delivery, Try } from "../api/notifications";
import { personPath, useConsole, useSite } from "../console";
import { absoluteTime } from "../format/time";
import { number } from "../format/values";
import { FailureText } from "../notifications/FailureText";
import { deliveriesPath } from "../notifications/paths";
import { useErrorText } from "../ui/states";

/** Every attempt of a delivery, what went wrong, the message that carried it, and a way to send it again. */
export function DeliveryDetails({ delivery }: { delivery: Delivery }) {
  const { t, i18n } = useTranslation();
  const { api } = useConsole();
  const site = useSite();
  const errorText = useErrorText();
  const redrive = useRedrive(api, site);
  const { error, status, tries, attempts, message, together, key, person } = delivery;
  const idle = status === "failed" || status === "dropped";
  return (
    <div className="k-stack k-delivery">
      {error && status !== "delivered" && <FailureText error={error} />}
      {tries.length > 0 ? (
        <Tries tries={tries} left={Math.max(0, attempts - tries.length)} />
      ) : (
        <Text size="sm" c="dimmed">
          {t("deliveries.noTries")}
        </Text>
      )}
      <Text size="xs" c="dimmed" component="p" m={0} className="k-anywhere">
        {absoluteTime(Date.parse(delivery.at), i18n.language)}
        {message && together > 1 && (
          <>
            {" · "}
            <Anchor component={Link} to={deliveriesPath(site, { message })} size="xs" underline="always">
              {t("deliveries.sameMessage", { count: together })}
            </Anchor>
          </>
        )}
        {person && (
          <>
            {" · "}
            <Anchor component={Link} to={personPath(site, person)} size="xs" underline="always">
              {t("incident.story")}
            </Anchor>
          </>
        )}
      </Text>
      {(idle || redrive.isSuccess || redrive.isError) && (
        <div className="k-redrive">
          {idle && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={15} />}
              onClick={() => redrive.mutate(key)}
              loading={redrive.isPending}
            >
              {t("deliveries.redrive")}
            </Button>
          )}
          <Text span size="xs" c="dimmed" role="status">
            {redrive.isSuccess && t("deliveries.redriven")}
          </Text>
          {redrive.error && (
            <Alert color="red" variant="light" p="xs" role="alert">
              {errorText(redrive.error)}
            </Alert>
          )}
        </div>
      )}
    </div>
  );
}

function Tries({ tries, left }: { tries: readonly Try[]; left: number }) {
  const { t, i18n } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t("deliveries.tries", { count: tries.length + left })}
      </Text>
      <ol className="k-tries">
        {tries.map(({ at, response_code, duration_ms, error }) => (
          <li key={at}>
            <span className="k-number k-dim">{absoluteTime(Date.parse(at), i18n.language)}</span>
            <span className="k-number">
              {[
                response_code !== null && `HTTP ${response_code}`,
                duration_ms !== null && `${number(duration_ms, i18n.language)} ms`,
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
            {error ? <FailureText error={error} todo={false} /> : <span>{t("delivery.delivered")}</span>}
          </li>
        ))}
      </ol>
      {left > 0 && (
        <Text size="xs" c="dimmed">
          {t("deliveries.olderTries", { count: left })}
        </Text>
      )}
    </div>
  );
}
