import { Alert, Button, Code, Group, Text, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Component, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSaveCampaign } from "../api/changes";
import { ApiError } from "../api/client";
import type { Campaign, Json, JsonObject } from "../api/types";
import { useConsole, useSite } from "../console";
import { useErrorText } from "../ui/states";
import { DefinitionText } from "./DefinitionText";
import { definitionOf } from "./definition";

/** The words of conditions are asked of the server when the operator pauses. */
const READ_PAUSE_MS = 400;

interface Props {
  /** The campaign's, unless it is new: then the definition names its own. */
  id: string | null;
  saved: JsonObject;
  onSaved?: (campaign: Campaign) => void;
}

/** The whole definition as JSON, and how it reads; the API says what is wrong with it, and where. */
export function DefinitionEditor({ id, saved, onSaved }: Props) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const save = useSaveCampaign(api, useSite(), id);
  // Undefined while nothing is being edited, so that what others save shows.
  const [draft, setDraft] = useState<string>();
  const [syntaxError, setSyntaxError] = useState<string | null>(null);
  const written = JSON.stringify(saved, null, 2);
  const text = draft ?? written;

  function submit() {
    try {
      const definition = JSON.parse(text) as JsonObject;
      setSyntaxError(null);
      save.mutate(definition, {
        onSuccess: (campaign) => {
          setDraft(undefined);
          onSaved?.(campaign);
        },
      });
    } catch (error) {
      setSyntaxError(error instanceof Error ? error.message : String(error));
    }
  }

  function discard() {
    setDraft(undefined);
    setSyntaxError(null);
    save.reset();
  }

  return (
    <div className="k-columns">
      <div>
        <Textarea
          label={t("editor.label")}
          description={t("editor.about")}
          value={text}
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
        {save.isError && !syntaxError && <Refused error={save.error} />}
        <Group justify="flex-end" mt="sm" gap="sm">
          {save.isSuccess && draft === undefined && (
            <Text size="sm" c="dimmed" role="status">
              {t("editor.saved")}
            </Text>
          )}
          <Button variant="default" onClick={discard} disabled={draft === undefined}>
            {t("editor.discard")}
          </Button>
          <Button onClick={submit} loading={save.isPending} disabled={id !== null && text === written}>
            {t("editor.save")}
          </Button>
        </Group>
      </div>
      <section aria-label={t("editor.reading")}>
        <Reading text={useDebouncedValue(text, READ_PAUSE_MS)[0]} />
      </section>
    </div>
  );
}

function Refused({ error }: { error: Error }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <Alert color="red" variant="light" mt="sm" role="alert" title={t("editor.refused")}>
      {error instanceof ApiError && error.path && <Code mb={4}>{error.path}</Code>}
      <Text size="sm">{errorText(error)}</Text>
    </Alert>
  );
}

function Reading({ text }: { text: string }) {
  const { t } = useTranslation();
  const incomplete = (
    <Text size="sm" c="dimmed" className="k-panel k-pad">
      {t("editor.unreadable")}
    </Text>
  );
  const definition = definitionOf(parsed(text));
  return (
    <Attempt key={text} fallback={incomplete}>
      {definition ? <DefinitionText definition={definition} /> : incomplete}
    </Attempt>
  );
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** What is being typed may have any shape: what cannot be drawn yet is not. */
class Attempt extends Component<{ children: ReactNode; fallback: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
