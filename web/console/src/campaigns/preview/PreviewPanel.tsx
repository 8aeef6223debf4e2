import "./preview.css";
import { ActionIcon, Group, Modal, SegmentedControl, Title, Tooltip } from "@mantine/core";
import { useDisclosure, useElementSize } from "@mantine/hooks";
import { IconArrowsMaximize } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { LOCALES, type Locale } from "../document";
import { useEditor } from "../editor/context";
import type { Device } from "./ActionFrame";
import { PreviewStage } from "./PreviewStage";
import { SitePreview } from "./SitePreview";
import { useRendered } from "./useRendered";
import { VisitorFields } from "./VisitorFields";

/** How the variant looks to a visitor, while it is written. */
export function PreviewPanel() {
  const { t } = useTranslation();
  const { locale, setLocale } = useEditor();
  const id = useId();
  const { ref, width } = useElementSize();
  const [device, setDevice] = useState<Device>("desktop");
  const [large, enlarge] = useDisclosure(false);
  const rendered = useRendered();
  const controls = (
    <Group gap="xs">
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
  );
  return (
    <aside className="k-stack k-aside-sticky" aria-labelledby={id}>
      <section className="k-panel k-pad">
        <div className="k-builder-head">
          <Title order={2} size="h6" id={id}>
            {t("preview.title")}
          </Title>
          <Tooltip label={t("preview.enlarge")}>
            <ActionIcon variant="subtle" color="gray" aria-label={t("preview.enlarge")} onClick={enlarge.open}>
              <IconArrowsMaximize size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
        {controls}
        <div ref={ref} className="k-preview-here">
          <PreviewStage rendered={rendered} device={device} width={width} />
        </div>
        <VisitorFields />
      </section>
      <SitePreview />
      <Modal
        opened={large}
        onClose={enlarge.close}
        title={t("preview.title")}
        size={device === "desktop" ? 1100 : 480}
        closeButtonProps={{ "aria-label": t("dialog.close") }}
      >
        {controls}
        <Large rendered={rendered} device={device} />
      </Modal>
    </aside>
  );
}

function Large({ rendered, device }: { rendered: ReturnType<typeof useRendered>; device: Device }) {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} className="k-preview-here">
      <PreviewStage rendered={rendered} device={device} width={width} />
    </div>
  );
}
