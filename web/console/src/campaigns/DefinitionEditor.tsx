import { Alert, Button, Code, Group, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { useCampaignMutations } from "../api/queries";
import type { Campaign, JsonObject } from "../api/types";
import { useConsole, useSite } from "../console";
import { useErrorText } from "../ui/states";

const written = (definition: JsonObject) => JSON.stringify(definition, null, 2);

/** The whole definition as JSON; the API says what is wrong with it, and where. */
export function DefinitionEditor({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { save } = useCampaignMutations(api, useSite(), campaign.id);
  const errorText = useErrorText();
  // Undefined while nothing is being edited, so that what others save shows.
  const [draft, setDraft] = useState<string>();
  const [syntaxError, setSyntaxError] = useState<string | null>(null);
  const saved = written(campaign.definition);

  function submit() {
    if (draft === undefined) {
      return;
    }
    try {
      const definition = JSON.parse(draft) as JsonObject;
      setSyntaxError(null);
      save.mutate(definition, { onSuccess: () => setDraft(undefined) });
    } catch (error) {
      setSyntaxError(String(error instanceof Error ? error.message : error));
    }
  }

  function discard() {
    setDraft(undefined);
    setSyntaxError(null);
    save.reset();
  }

  return (
    <>
      <Textarea
        label={t("editor.label")}
        description={t("editor.about")}
        value={draft ?? saved}
        onChange={(event) => setDraft(event.currentTarget.value)}
        autosize
        minRows={16}
        maxRows={32}
        spellCheck={false}
        classNames={{ input: "k-editor" }}
        error={syntaxError !== null || save.isError}
      />
      {syntaxError && (
        <Alert color="red" variant="light" mt="sm" role="alert" title={t("editor.syntax")}>
          {syntaxError}
        </Alert>
      )}
      {save.isError && !syntaxError && (
        <Alert color="red" variant="light" mt="sm" role="alert" title={t("editor.refused")}>
          {save.error instanceof ApiError && save.error.path && <Code mb={4}>{save.error.path}</Code>}
          <Text size="sm">{errorText(save.error)}</Text>
        </Alert>
      )}
      <Group justify="flex-end" mt="sm" gap="sm">
        {save.isSuccess && draft === undefined && (
          <Text size="sm" c="dimmed" role="status">
            {t("editor.saved")}
          </Text>
        )}
        <Button variant="default" onClick={discard} disabled={draft === undefined}>
          {t("editor.discard")}
        </Button>
        <Button onClick={submit} loading={save.isPending} disabled={draft === undefined || draft === saved}>
          {t("editor.save")}
        </Button>
      </Group>
    </>
  );
}
