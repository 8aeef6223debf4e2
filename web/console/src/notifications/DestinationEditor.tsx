import { Button, Group, Text, TextInput } from "@mantine/core";
import { IconDeviceFloppy } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { type SecretChange, useSaveDestination } from "../api/notificationChanges";
import type { Destination } from "../api/notifications";
import { useConsole, useSite } from "../console";
import { LeaveGuard } from "../ui/leaving";
import { SaveFailure } from "../ui/SaveFailure";
import { useErrorText } from "../ui/states";
import { AddressFields, CommonFields } from "./DestinationFields";
import { type DestinationForm, definitionOf, destinationForm, NEEDED, newDestination, templateOf } from "./destination";
import { KindChoice } from "./KindChoice";
import { useDestinationProblem } from "./problemText";
import { useDraft } from "./useDraft";

const newId = () => `destination-${Math.random().toString(36).slice(2, 8)}`;

interface Props {
  destination: Destination | null;
  onSaved: (saved: Destination) => unknown;
  /** In a dialog it asks nobody who leaves. */
  guarded?: boolean;
}

/** Write a destination. What is secret is sent when it is saved, and forgotten here. */
export function DestinationEditor({ destination, onSaved, guarded = true }: Props) {
  const { t, i18n } = useTranslation();
  const { api, queries } = useConsole();
  const site = useSite();
  const client = useQueryClient();
  const errorText = useErrorText();
  const problemText = useDestinationProblem();
  const [secret, setSecret] = useState<SecretChange>({});
  const save = useSaveDestination(api, site);
  const draft = useDraft<Destination, DestinationForm>({
    item: destination,
    first: () => newDestination(newId(), i18n.language === "en" ? "en" : "ja"),
    formOf: ({ definition }) => destinationForm(definition),
    save: (form, version) => save.mutateAsync({ definition: definitionOf(form), secret: typed(secret), version }),
    fetch: ({ id }) => client.fetchQuery({ ...queries.destination(site, id), staleTime: 0 }),
  });
  const { form, change, error, base } = draft;
  const touched = Object.keys(secret).length > 0;
  const allowed = useRef(false);
  const errorAt = (path: string) =>
    error instanceof ApiError && error.path?.split("[")[0] === path ? problemText(error) : null;

  async function submit(overwrite = false) {
    const written = await draft.submit({ overwrite, force: touched });
    if (written) {
      setSecret({});
      allowed.current = base === null;
      onSaved(written);
    }
  }

  const ready = isReady(form, secret, base);
  return (
    <form
      className="k-stack"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (ready && !draft.saving) {
          void submit();
        }
      }}
    >
      {base === null && <KindChoice value={form.kind} onChange={(kind) => change({ kind })} />}
      <section className="k-panel k-pad k-names" aria-label={t("destination.title")}>
        <TextInput
          label={t("segment.name")}
          value={form.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          placeholder={t("destination.namePlaceholder")}
          error={errorAt("name")}
          maxLength={120}
          required
        />
        <TextInput
          label="ID"
          description={base === null ? t("segment.idAbout") : undefined}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={form.id}
          onChange={({ currentTarget }) => change({ id: currentTarget.value.toLowerCase() })}
          readOnly={base !== null}
          error={error instanceof ApiError && error.code === "id_taken" ? t("error.idTaken") : errorAt("id")}
          spellCheck={false}
        />
      </section>
      <section className="k-panel k-pad k-form" aria-label={t(`kind.${form.kind}`)}>
        <AddressFields
          form={form}
          change={change}
          secret={secret}
          setSecret={setSecret}
          known={base?.secret}
          errorAt={errorAt}
        />
      </section>
      <section className="k-panel k-pad k-form" aria-label={t("destination.more")}>
        <CommonFields form={form} change={change} />
      </section>
      <SaveFailure
        error={error}
        conflict={t("destination.conflict")}
        explain={(failure) => (failure instanceof ApiError && failure.path ? problemText(failure) : errorText(failure))}
        onTakeTheirs={() => void draft.reload()}
        onKeepMine={() => void submit(true)}
      />
      <Group justify="flex-end" gap="sm" className="k-save">
        <Text size="sm" c="dimmed" role="status">
          {draft.saving
            ? t("segment.saving")
            : draft.dirty || touched
              ? base !== null && t("segment.unsaved")
              : draft.saved && t("editor.saved")}
        </Text>
        <Button
          type="submit"
          leftSection={<IconDeviceFloppy size={16} />}
          disabled={!ready || (base !== null && !draft.dirty && !touched)}
          loading={draft.saving}
        >
          {t(base === null ? "destination.add" : "settings.save")}
        </Button>
      </Group>
      {guarded && <LeaveGuard dirty={draft.dirty || touched} allowed={allowed} />}
    </form>
  );
}

/** What was typed of the secret; an empty field changes nothing. */
function typed(secret: SecretChange): SecretChange {
  return Object.fromEntries(
    Object.entries(secret)
      .map(([name, value]) => [name, value?.trim() ?? null] as const)
      .filter(([, value]) => value !== ""),
  );
}

function isReady(form: DestinationForm, secret: SecretChange, base: Destination | null): boolean {
  const needed = NEEDED[form.kind];
  const hasSecret = needed === null || base?.secret[needed].set || Boolean(secret[needed]?.trim());
  const hasAddress =
    form.kind === "slackBot"
      ? form.channel.trim() !== ""
      : form.kind === "email" || form.kind === "line"
        ? form.to.length > 0
        : form.kind === "json"
          ? templateOf(form.template) !== null
          : true;
  return form.name.trim() !== "" && form.id !== "" && hasAddress && hasSecret === true;
}
