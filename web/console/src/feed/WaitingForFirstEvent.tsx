import { Loader, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Snippet } from "../settings/Snippet";

export function WaitingForFirstEvent() {
  const { t } = useTranslation();
  return (
    <section className="k-panel k-waiting" aria-labelledby="waiting">
      <Stack align="center" gap="xs" ta="center" role="status">
        <Loader type="dots" />
        <Title order={2} size="h3" id="waiting">
          {t("waiting.title")}
        </Title>
        <Text c="dimmed" size="sm" maw={520}>
          {t("waiting.about")}
        </Text>
      </Stack>
      <Snippet />
    </section>
  );
}
