import "./settings.css";
import { Alert, Button, Group, Switch, Text, Title } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SiteSettings } from "../api/campaigns";
import { ApiError } from "../api/client";
import { useSaveSettings } from "../api/siteChanges";
import { useConsole, useSite } from "../console";
import { LeaveDialog, useLeaveBlocker } from "../ui/leaving";
import { Failed, LoadingRows, useErrorText } from "../ui/states";
import { WholeNumber } from "../ui/WholeNumber";
import { ThemeEditor } from "./ThemeEditor";

/** How the site's messages look and how far apart they come; administrators change it, others see it. */
export function MessageSettings() {
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
  const [draft, setDraft] = useState<Partial<SiteSettings> | null>(null);
  const shown = { ...settings, ...draft };
  const dirty = JSON.stringify(shown) !== JSON.stringify(settings);
  const blocker = useLeaveBlocker(dirty, allowed);
  // The API alone knows who is an administrator: it says so when it refuses.
  const locked = save.error instanceof ApiError && save.error.status === 403;
  const change = (fields: Partial<SiteSettings>) => setDraft({ ...draft, ...fields });
  return (
    <form
      className="k-stack"
      onSubmit={(event) => {
        event.preventDefault();
        // What is typed while it is being saved stays.
        save.mutate(draft ?? {}, { onSuccess: () => setDraft((now) => (now === draft ? null : now)) });
      }}
    >
      {locked && (
        <Alert color="yellow" variant="light" icon={<IconLock size={18} />} role="alert">
          {t("settings.adminsOnly")}
        </Alert>
      )}
      <fieldset disabled={locked} className="k-bare k-stack">
        <ThemeEditor theme={shown.theme} onChange={(theme) => change({ theme })} readOnly={locked} />
        <Spacing settings={shown} onChange={change} />
        <Scripts settings={shown} onChange={change} />
      </fieldset>
      {save.isError && !locked && (
        <Alert color="red" variant="light" role="alert">
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
            save.reset();
          }}
          disabled={draft === null}
        >
          {t("settings.discard")}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={!dirty || locked}>
          {t("settings.save")}
        </Button>
      </Group>
      <LeaveDialog blocker={blocker} />
    </form>
  );
}

interface PartProps {
  settings: SiteSettings;
  onChange: (fields: Partial<SiteSettings>) => void;
}

function Spacing({ settings, onChange }: PartProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {t("spacing.title")}
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        {t("spacing.about")}
      </Text>
      <div className="k-two">
        <WholeNumber
          label={t("spacing.seconds")}
          description={t("spacing.none")}
          value={settings.spacing_seconds}
          onChange={(spacing_seconds) => onChange({ spacing_seconds })}
          min={0}
          max={2_592_000}
          thousandSeparator=","
        />
        <WholeNumber
          label={t("spacing.pages")}
          description={t("spacing.none")}
          value={settings.spacing_pages}
          onChange={(spacing_pages) => onChange({ spacing_pages })}
          min={0}
          max={100}
        />
      </div>
    </section>
  );
}

function Scripts({ settings, onChange }: PartProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {t("scripts.title")}
      </Title>
      <Switch
        mt="xs"
        label={t("scripts.allow")}
        description={t("scripts.about")}
        checked={settings.allow_scripts}
        onChange={({ currentTarget }) => onChange({ allow_scripts: currentTarget.checked })}
      />
    </section>
  );
}
