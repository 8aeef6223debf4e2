import { Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** Why something live does nothing. */
export function OutOfAction({ problem }: { problem: string }) {
  const { t } = useTranslation();
  return (
    <Text size="sm" component="p" m={0} className="k-problem">
      <IconAlertTriangle size={15} aria-hidden /> {t("state.problem", { problem })}
    </Text>
  );
}
