import { Button, Group, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDeviceFloppy, IconRocket } from "@tabler/icons-react";
import { useId, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import type { Segment } from "../api/types";
import { ConditionBuilder } from "../conditions/ConditionBuilder";
import type { Group as Form } from "../conditions/form";
import { type Mistake, mistakesOf } from "../conditions/problems";
import { type Checked, useChecked } from "../conditions/useChecked";
import { LeaveDialog, useLeaveBlocker } from "../ui/leaving";
import { SaveFailure } from "../ui/SaveFailure";
import { SummaryText } from "../ui/SummaryText";
import { useErrorText } from "../ui/states";
import { AudiencePanel } from "./AudiencePanel";
import { type Draft, useDraft } from "./useDraft";

/** Counting reads the data hub: only when the operator pauses for longer. */
const COUNT_PAUSE_MS = 1_000;

/** Write a segment: its name, its condition, and beside them how it reads and whom it finds. */
export function SegmentEditor({ segment }: { segment: Segment | null }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const allowed = useRef(false);
  const draft = useDraft(segment, {
    allow: () => {
      allowed.current = true;
    },
  });
  const blocker = useLeaveBlocker(draft.dirty, allowed);
  const checked = useChecked(draft.form);
  const mistakes = useMemo(
    () => withRefused(checked.mistakes, draft.form, draft.error),
    [checked.mistakes, draft.form, draft.error],
  );
  return (
    <div className="k-editor-columns">
      <div className="k-stack">
        <Names draft={draft} isNew={segment === null} />
        <ConditionBuilder
          form={draft.form}
          onChange={draft.setForm}
          mistakes={mistakes}
          segment={segment?.id ?? null}
        />
        <SaveFailure
          error={draft.error}
          conflict={t("segment.conflict")}
          explain={errorText}
          onTakeTheirs={() => void draft.reload()}
          onKeepMine={() => void draft.submit({ publish: false, overwrite: true })}
        />
        <SaveBar draft={draft} faulty={checked.mistakes.length > 0} />
      </div>
      <aside className="k-stack k-aside-sticky" aria-label={t("segment.beside")}>
        <Reading checked={checked} />
        <LiveCount checked={checked} />
      </aside>
      <LeaveDialog blocker={blocker} />
    </div>
  );
}

/** What saving found, beside what the check found. */
function withRefused(mistakes: readonly Mistake[], form: Form, error: Error | null): readonly Mistake[] {
  if (!(error instanceof ApiError) || !error.path?.startsWith("condition")) {
    return mistakes;
  }
  const refused = mistakesOf(form, [{ path: error.path, message: error.message }]);
  return [...mistakes, ...refused.filter(({ path }) => !mistakes.some((mistake) => mistake.path === path))];
}

function Names({ draft, isNew }: { draft: Draft; isNew: boolean }) {
  const { t } = useTranslation();
  const taken = draft.error instanceof ApiError && draft.error.code === "id_taken";
  return (
    <section className="k-panel k-pad k-names" aria-label={t("segment.title")}>
      <TextInput
        label={t("segment.name")}
        value={draft.name}
        onChange={({ currentTarget }) => draft.setName(currentTarget.value)}
        required
        maxLength={256}
      />
      <TextInput
        label="ID"
        description={isNew ? t("segment.idAbout") : undefined}
        value={draft.id}
        onChange={({ currentTarget }) => draft.setId(currentTarget.value.toLowerCase())}
        inputWrapperOrder={["label", "input", "description", "error"]}
        readOnly={!isNew}
        error={taken && t("error.idTaken")}
        spellCheck={false}
      />
    </section>
  );
}

function SaveBar({ draft, faulty }: { draft: Draft; faulty: boolean }) {
  const { t } = useTranslation();
  const unready = draft.broken || draft.name.trim() === "" || draft.id === "";
  const state = draft.saving ? "segment.saving" : draft.dirty ? "segment.unsaved" : draft.saved ? "editor.saved" : null;
  return (
    <Group justify="flex-end" gap="sm" className="k-save">
      <Text size="sm" c="dimmed" role="status">
        {state && t(state)}
      </Text>
      <Button
        variant={draft.live ? "filled" : "default"}
        leftSection={<IconDeviceFloppy size={16} />}
        onClick={() => void draft.submit({ publish: false })}
        disabled={unready || !draft.dirty || draft.saving}
      >
        {t(draft.live ? "segment.saveLive" : "segment.saveDraft")}
      </Button>
      {!draft.live && (
        <Button
          leftSection={<IconRocket size={16} />}
          onClick={() => void draft.submit({ publish: true })}
          disabled={unready || faulty}
          loading={draft.saving}
        >
          {t("segment.savePublish")}
        </Button>
      )}
    </Group>
  );
}

function Reading({ checked }: { checked: Checked }) {
  const { t } = useTranslation();
  const id = useId();
  const errorText = useErrorText();
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" mb={6} id={id}>
        {t("segment.who")}
      </Title>
      <Text component="p" m={0} size="sm" aria-live="polite" className="k-answer" data-old={checked.pending}>
        {checked.summary ? <SummaryText summary={checked.summary} /> : t("segment.unfinished")}
      </Text>
      {checked.error && (
        <Text size="sm" c="red" role="alert">
          {errorText(checked.error)}
        </Text>
      )}
    </section>
  );
}

function LiveCount({ checked: { valid, pending } }: { checked: Checked }) {
  const wanted = valid === null ? null : JSON.stringify(valid);
  const [asked] = useDebouncedValue(wanted, COUNT_PAUSE_MS);
  return (
    <AudiencePanel
      condition={asked !== null && asked === wanted ? valid : null}
      waiting={wanted !== null ? asked !== wanted : pending}
    />
  );
}
