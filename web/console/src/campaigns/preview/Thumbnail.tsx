import { Text } from "@mantine/core";
import { useElementSize, useIntersection, useMergedRef } from "@mantine/hooks";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Theme } from "../../api/campaigns";
import { type Definition, type Locale, layoutOf } from "../document";
import { LAYOUT_ICONS } from "../layouts";
import { ActionFrame, CARD } from "./ActionFrame";
import { drawnAction } from "./templateAction";

interface Props {
  definition: Definition;
  variant?: string;
  locale: Locale;
  theme: Theme;
  label: string;
}

/** A small live picture of what a definition shows, drawn once it comes near the screen. */
export function Thumbnail({ definition, variant, locale, theme, label }: Props) {
  const { t } = useTranslation();
  const { ref: observed, entry } = useIntersection({ rootMargin: "200px" });
  const { ref: sized, width } = useElementSize();
  const ref = useMergedRef(observed, sized);
  const seen = useRef(false);
  seen.current ||= entry?.isIntersecting ?? false;
  const action = useMemo(() => drawnAction(definition, locale, theme, variant), [definition, locale, theme, variant]);
  const layout = definition.variants.find(({ id }) => id === variant)?.action.type ?? layoutOf(definition);
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
