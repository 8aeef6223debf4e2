import { Text } from "@mantine/core";
import { useElementSize, useIntersection, useMergedRef } from "@mantine/hooks";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Layout } from "../document";
import { LAYOUT_ICONS } from "../layouts";
import { type Action, ActionFrame, CARD } from "./ActionFrame";

interface Props {
  /** Null for what shows nothing on a page: then its layout is named. */
  action: Action | null;
  layout: Layout;
  label: string;
}

/** A small live picture of an action, drawn once it comes near the screen. */
export function Thumbnail({ action, layout, label }: Props) {
  const { t } = useTranslation();
  const { ref: observed, entry } = useIntersection({ rootMargin: "200px" });
  const { ref: sized, width } = useElementSize();
  const ref = useMergedRef(observed, sized);
  const seen = useRef(false);
  seen.current ||= entry?.isIntersecting ?? false;
  const Icon = LAYOUT_ICONS[layout];
  return (
    <div ref={ref} className="k-thumbnail" style={{ aspectRatio: `${CARD.width} / ${CARD.height}` }}>
      {action ? (
        seen.current && width > 0 && <ActionFrame action={action} size={CARD} width={width} label={label} still />
      ) : (
        <div className="k-thumbnail-none" role="img" aria-label={label}>
          <Icon size={34} stroke={1.3} />
          <Text size="xs" c="dimmed">
            {t(`layout.${layout}`)}
          </Text>
        </div>
      )}
    </div>
  );
}
