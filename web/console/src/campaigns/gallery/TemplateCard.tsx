import { ActionIcon, Badge, Button, Group, Text, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEye, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Template } from "../../api/campaigns";
import { useDeleteTemplate } from "../../api/siteChanges";
import { campaignPath, useConsole, useSite } from "../../console";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useSummary } from "../../ui/SummaryText";
import { isLayout, type Locale } from "../document";
import { templateAction } from "../preview/drawnAction";
import { Thumbnail } from "../preview/Thumbnail";
import { isPurpose } from "./purposes";

interface Props {
  template: Template;
  onOpen: () => void;
}

export const editorOf = (site: string, template: Template) =>
  `${campaignPath(site, "~new")}/edit?template=${encodeURIComponent(template.id)}`;

export function TemplateCard({ template, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  const text = useSummary();
  const name = text(template.name);
  return (
    <article className="k-panel k-template" aria-label={name}>
      <div className="k-template-picture">
        {isLayout(template.layout) && (
          <Thumbnail action={templateAction(template, i18n.language as Locale)} layout={template.layout} label={name} />
        )}
        <button type="button" onClick={onOpen} aria-label={t("gallery.preview", { name })}>
          <IconEye size={18} />
        </button>
      </div>
      <div className="k-template-words">
        <Text fw={600} size="sm" component="h3" m={0}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={3}>
          {text(template.about)}
        </Text>
        <Group gap={6} mt={6}>
          <TemplateBadges template={template} />
        </Group>
      </div>
      <Group gap="xs" className="k-template-actions">
        <Button component={Link} to={editorOf(site, template)} size="compact-sm" variant="light">
          {t("gallery.use")}
        </Button>
        {template.own && <DeleteTemplate template={template} name={name} />}
      </Group>
    </article>
  );
}

export function TemplateBadges({ template }: { template: Template }) {
  const { t } = useTranslation();
  return (
    <>
      <Badge variant="light" color="gray" tt="none" size="sm">
        {isLayout(template.layout) ? t(`layout.${template.layout}`) : template.layout}
      </Badge>
      <Badge variant="light" tt="none" size="sm">
        {isPurpose(template.purpose) ? t(`purpose.${template.purpose}`) : template.purpose}
      </Badge>
      {template.own && template.purpose !== "own" && (
        <Badge variant="light" color="grape" tt="none" size="sm">
          {t("purpose.own")}
        </Badge>
      )}
    </>
  );
}

function DeleteTemplate({ template, name }: { template: Template; name: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const remove = useDeleteTemplate(api, useSite());
  const [opened, dialog] = useDisclosure(false);
  const label = t("gallery.delete", { name });
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={dialog.open}>
          <IconTrash size={16} />
        </ActionIcon>
      </Tooltip>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t("gallery.deleteTitle")}
        confirm={t("gallery.deleteConfirm")}
        onConfirm={() => remove.mutate(template.id, { onSuccess: dialog.close })}
        pending={remove.isPending}
        error={remove.error}
        dangerous
      >
        {t("gallery.deleteAbout", { name })}
      </ConfirmDialog>
    </>
  );
}
