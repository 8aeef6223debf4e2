import { Alert, Box, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function Misconfigured() {
  const { t } = useTranslation();
  return (
    <Box component="main" maw={560} mx="auto" p="xl">
      <Alert color="red" variant="light" title={t("error.title")}>
        {t("error.noConfig")}
        <Button mt="md" size="xs" variant="default" onClick={() => window.location.reload()}>
          {t("error.retry")}
        </Button>
      </Alert>
    </Box>
  );
}
