import "./settings.css";
import { Alert, Button, Group, Switch, TagsInput, Text, Title } from "@mantine/core";
import { IconLock, IconShieldLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SiteSettings } from "../api/campaigns";
import { ApiError } from "../api/client";
import type { RecordingSettings } from "../api/live";
import { useSaveSettings } from "../api/siteChanges";
import { useConsole, useSite } from "../console";
import { LeaveDialog, useLeaveBlocker } from "../ui/leaving";
import { Failed, LoadingRows, useErrorText } from "../ui/states";
import { WholeNumber } from "../ui/WholeNumber";
import { RecordedWhen } from "./RecordedWhen";

/** Whose visits are recorded and what of them is masked; administrators change it, others see it. */
export function RecordingSettingsTab() {
  const { queries } = useConsole();
  const settings = useQuery(queries.settings(useSite()));
  if (!settings.data) {
    return (
      <div className="k-panel">
        {settings.isError ? <Failed error={settings.error} retry={settings.refetch} /> : <LoadingRows />}
      </div>
    );
  }
  return <Fields settings={settings.data} />;
}

function Fields({ settings }: { settings: SiteSettings }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const save = useSaveSettings(api, useSite());
  const errorText = useErrorText();
  const allowed = useRef(false);
  const [draft, setDraft] = useState<RecordingSettings | null>(null);
  const [faulty, setFaulty] = useState(false);
  // Discarded, the condition's rows are made anew.
  const [discards, setDiscards] = useState(0);
  const shown = draft ?? settings.recording;
  const dirty = draft !== null && JSON.stringify(draft) !== JSON.stringify(settings.recording);
  const blocker = useLeaveBlocker(dirty, allowed);
  const unreadable = SELECTORS.some((field) => shown[field].some((selector) => !isSelector(selector)));
  // The API alone knows who is an administrator: it says so when it refuses.
  const locked = save.error instanceof ApiError && save.error.status === 403;
  const change = (fields: Partial<RecordingSettings>) => setDraft({ ...shown, ...fields });
  return (
    <form
      className="k-stack"
      onSubmit={(event) => {
        event.preventDefault();
        // What is typed while it is being saved stays.
        save.mutate({ recording: shown }, { onSuccess: () => setDraft((now) => (now === draft ? null : now)) });
      }}
    >
      {locked && (
        <Alert color="yellow" variant="light" icon={<IconLock size={18} />} role="alert">
          {t("settings.adminsOnly")}
        </Alert>
      )}
      <Alert variant="light" icon={<IconShieldLock size={18} />} title={t("masking.alwaysTitle")}>
        <Text size="sm">{t("masking.always")}</Text>
      </Alert>
      <fieldset disabled={locked} className="k-bare k-stack">
        <Part title={t("recorded.title")} about={t("recorded.about")}>
          <WholeNumber
            label={t("recorded.sample")}
            description={t("recorded.sampleAbout")}
            value={shown.sample_percent}
            onChange={(sample_percent) => change({ sample_percent })}
            min={0}
            max={100}
            suffix="%"
            maw={420}
          />
          <RecordedWhen
            key={discards}
            condition={shown.when}
            onChange={(when) => change({ when })}
            onFaulty={setFaulty}
          />
          {shown.when !== null && (
            <WholeNumber
              label={t("recorded.buffer")}
              description={t("recorded.bufferAbout")}
              value={shown.buffer_seconds}
              onChange={(buffer_seconds) => change({ buffer_seconds })}
              min={0}
              max={60}
              maw={420}
            />
          )}
        </Part>
        <Masking recording={shown} onChange={change} />
        <Limits recording={shown} onChange={change} />
      </fieldset>
      {save.isError && !locked && (
        <Alert color="red" variant="light" role="alert">
          {save.error instanceof ApiError && save.error.path && <code>{save.error.path}: </code>}
          {errorText(save.error)}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm" className="k-save">
        <Text size="sm" c="dimmed" role="status">
          {dirty ? t("segment.unsaved") : save.isSuccess ? t("editor.saved") : null}
        </Text>
        <Button
          variant="default"
          onClick={() => {
            setDraft(null);
            setFaulty(false);
            setDiscards(discards + 1);
            save.reset();
          }}
          disabled={draft === null}
        >
          {t("settings.discard")}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={!dirty || locked || faulty || unreadable}>
          {t("settings.save")}
        </Button>
      </Group>
      <LeaveDialog blocker={blocker} />
    </form>
  );
}

const SELECTORS = ["mask", "block", "unmask"] as const;

function isSelector(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

/** Say the first one that no browser can read. */
function unreadableIn(selectors: readonly string[], say: (selector: string) => string): string | undefined {
  const unreadable = selectors.find((selector) => !isSelector(selector));
  return unreadable === undefined ? undefined : say(unreadable);
}

interface PartProps {
  recording: RecordingSettings;
  onChange: (fields: Partial<RecordingSettings>) => void;
}

function Masking({ recording, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <Part title={t("masking.title")} about={t("masking.about")}>
      <Switch
        label={t("masking.allText")}
        description={t("masking.allTextAbout")}
        checked={recording.mask_all_text}
        onChange={({ currentTarget }) => onChange({ mask_all_text: currentTarget.checked })}
      />
      {SELECTORS.map((field) => (
        <TagsInput
          key={field}
          label={t(`masking.${field}`)}
          description={t(`masking.${field}About`)}
          inputWrapperOrder={["label", "input", "description", "error"]}
          placeholder={recording[field].length === 0 ? t(`masking.${field}Example`) : ""}
          value={recording[field]}
          onChange={(selectors) => onChange({ [field]: selectors })}
          splitChars={[]}
          maxTags={20}
          error={unreadableIn(recording[field], (selector) => t("masking.unreadable", { selector }))}
          acceptValueOnBlur
          spellCheck={false}
        />
      ))}
    </Part>
  );
}

function Limits({ recording, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <Part title={t("limits.title")} about={t("limits.about")}>
      <div className="k-two">
        <WholeNumber
          label={t("limits.minutes")}
          description={t("limits.minutesAbout")}
          value={recording.max_minutes}
          onChange={(max_minutes) => onChange({ max_minutes })}
          min={1}
          max={240}
        />
        <WholeNumber
          label={t("limits.megabytes")}
          description={t("limits.megabytesAbout")}
          value={recording.max_megabytes}
          onChange={(max_megabytes) => onChange({ max_megabytes })}
          min={1}
          max={40}
        />
      </div>
      <WholeNumber
        optional
        label={t("limits.retention")}
        description={t("limits.retentionAbout")}
        placeholder={t("limits.retentionNone")}
        value={recording.retention_days}
        onChange={(retention_days) => onChange({ retention_days })}
        min={1}
        max={365}
        maw={420}
      />
    </Part>
  );
}

function Part({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="k-panel k-pad k-settings-part" aria-labelledby={id}>
      <div>
        <Title order={2} size="h6" id={id}>
          {title}
        </Title>
        <Text size="xs" c="dimmed">
          {about}
        </Text>
      </div>
      {children}
    </section>
  );
}
