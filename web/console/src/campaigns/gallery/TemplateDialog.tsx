import { Button, Group, Modal, SegmentedControl, Text } from "@mantine/core";
import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Template } from "../../api/campaigns";
import { useSite } from "../../console";
import { useSummary } from "../../ui/SummaryText";
import { LOCALES, type Locale } from "../document";
import { ActionFrame, DEVICES, type Device } from "../preview/ActionFrame";
import { templateAction } from "../preview/drawnAction";
import { editorOf, TemplateBadges } from "./TemplateCard";

interface Props {
  template: Template;
  onClose: () => void;
}

/** A template as large as the screen has room for, in both languages and on both kinds of device. */
export function TemplateDialog({ template, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  const text = useSummary();
  const narrow = useMediaQuery("(max-width: 48em)");
  const { ref, width } = useElementSize();
  const [locale, setLocale] = useState(i18n.language as Locale);
  const [device, setDevice] = useState<Device>(narrow ? "mobile" : "desktop");
  const action = templateAction(template, locale);
  const name = text(template.name);
  return (
    <Modal
      opened
      onClose={onClose}
      title={name}
      size={device === "desktop" ? 960 : 520}
      fullScreen={narrow ?? false}
      closeButtonProps={{ "aria-label": t("dialog.close") }}
    >
      <Text size="sm">{text(template.about)}</Text>
      <Group gap={6} mt="xs" mb="sm">
        <TemplateBadges template={template} />
      </Group>
      <Group gap="sm" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t("preview.device")}
          value={device}
          onChange={(value) => setDevice(value as Device)}
          data={(["desktop", "mobile"] as const).map((value) => ({ value, label: t(`device.${value}`) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("preview.language")}
          value={locale}
          onChange={(value) => setLocale(value as Locale)}
          data={LOCALES.map((value) => ({ value, label: t(`locale.${value}`) }))}
        />
      </Group>
      <div ref={ref} className="k-big-preview">
        {action && width > 0 ? (
          <ActionFrame action={action} size={DEVICES[device]} width={width} label={name} />
        ) : (
          <Text size="sm" c="dimmed">
            {t("preview.undrawn")}
          </Text>
        )}
      </div>
      <Group justify="flex-end" mt="md" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t("dialog.close")}
        </Button>
        <Button component={Link} to={editorOf(site, template)}>
          {t("gallery.useThis")}
        </Button>
      </Group>
    </Modal>
  );
}
