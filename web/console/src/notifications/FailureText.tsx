import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { failureOf } from "./failure";

/** Why something was not delivered and what to do about it, with the words that the log keeps. */
export function FailureText({ error, todo = true }: { error: string; todo?: boolean }) {
  const { t } = useTranslation();
  const failure = failureOf(error);
  if (!failure) {
    return (
      <Text size="xs" className="k-anywhere">
        {error}
      </Text>
    );
  }
  const advice = todo ? t(`failure.${failure}.todo`) : "";
  return (
    <div className="k-failure">
      <Text size="sm" component="p" m={0} className="k-anywhere">
        {t(`failure.${failure}`)}
        {advice && <span className="k-dim"> {advice}</span>}
      </Text>
      {todo && (
        <Text size="xs" c="dimmed" component="p" m={0} className="k-anywhere">
          <code>{error}</code>
        </Text>
      )}
    </div>
  );
}
