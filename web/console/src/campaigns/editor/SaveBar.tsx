import { Button, Group, Text } from "@mantine/core";
import { IconArrowRight, IconDeviceFloppy, IconRocket } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../ui/now";
import { useEditor } from "./context";
import { STEPS, type View } from "./steps";
import type { CampaignDraft } from "./useCampaignDraft";

interface Props {
  draft: CampaignDraft;
  view: View;
  onStep: (step: View) => void;
}

/** Save it as a draft from any step; publish it from the last, which shows the whole. */
export function SaveBar({ draft, view, onStep }: Props) {
  const { t } = useTranslation();
  const { definition } = useEditor();
  const live = draft.base?.status === "live";
  const unready = draft.broken || definition.id === "" || definition.name.trim() === "";
  const unchanged = !draft.dirty && draft.base !== null;
  const next = view === "json" ? undefined : STEPS[STEPS.indexOf(view) + 1];
  return (
    <Group justify="flex-end" gap="sm" className="k-save">
      <Text size="sm" c="dimmed" role="status">
        <State draft={draft} />
      </Text>
      <Button
        variant={live ? "filled" : "default"}
        leftSection={<IconDeviceFloppy size={16} />}
        onClick={() => void draft.submit({ publish: false })}
        disabled={unready || draft.saving || unchanged}
      >
        {t(live ? "segment.saveLive" : "segment.saveDraft")}
      </Button>
      {view === "review" && !live && <PublishNow draft={draft} unready={unready} />}
      {next && (
        <Button variant="light" rightSection={<IconArrowRight size={16} />} onClick={() => onStep(next)}>
          {t("editor.next", { step: t(`editor.step.${next}`) })}
        </Button>
      )}
    </Group>
  );
}

function State({ draft }: Pick<Props, "draft">) {
  const { t } = useTranslation();
  if (draft.saving) {
    return <>{t("segment.saving")}</>;
  }
  return <>{draft.dirty ? t("segment.unsaved") : draft.saved ? t("editor.saved") : null}</>;
}

/** Publish it; one that starts later is scheduled. */
function PublishNow({ draft, unready }: Pick<Props, "draft"> & { unready: boolean }) {
  const { t } = useTranslation();
  const { definition, checked } = useEditor();
  const later = Date.parse(definition.schedule?.start ?? "") > useNow();
  return (
    <Button
      leftSection={<IconRocket size={16} />}
      onClick={() => void draft.submit({ publish: true })}
      disabled={unready || checked.problems.length > 0}
      loading={draft.saving}
    >
      {t(later ? "editor.saveSchedule" : "segment.savePublish")}
    </Button>
  );
}
