import { Alert, Button, Code, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { useErrorText } from "../../ui/states";
import type { CampaignDraft } from "./useCampaignDraft";

/** Why it was not saved. What was written stays. */
export function SaveFailure({ draft: { error, submit, reload } }: { draft: CampaignDraft }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  if (!error) {
    return null;
  }
  if (error instanceof ApiError && error.code === "changed_meanwhile") {
    return (
      <Alert color="yellow" variant="light" role="alert" title={t("editor.conflict")}>
        <Text size="sm" mb="sm">
          {t("segment.conflictAbout")}
        </Text>
        <Group gap="sm">
          <Button size="xs" variant="default" onClick={() => void reload()}>
            {t("segment.takeTheirs")}
          </Button>
          <Button size="xs" variant="default" onClick={() => void submit({ publish: false, overwrite: true })}>
            {t("segment.keepMine")}
          </Button>
        </Group>
      </Alert>
    );
  }
  return (
    <Alert color="red" variant="light" role="alert" title={t("editor.refused")}>
      {error instanceof ApiError && error.path && <Code mr={6}>{error.path}</Code>}
      {errorText(error)}
    </Alert>
  );
}
