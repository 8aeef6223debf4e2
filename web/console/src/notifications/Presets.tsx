import { Button, Menu, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Json } from "../api/types";
import { useConsole, useSite } from "../console";
import { PRESETS, type Preset, presetCondition } from "./rule";

/** What rules are mostly about: one click writes the condition. */
export function Presets({ onChoose }: { onChoose: (condition: Json) => void }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const segments = useQuery(queries.segments(site)).data?.items ?? [];
  const campaigns = useQuery(queries.campaigns(site)).data?.items ?? [];
  return (
    <fieldset className="k-bare k-presets" aria-label={t("rule.presets")}>
      <Text span size="xs" c="dimmed">
        {t("rule.presets")}
      </Text>
      {PRESETS.map((preset) =>
        preset.of ? (
          <SubjectMenu
            key={preset.name}
            preset={preset}
            subjects={preset.of === "segment" ? segments : campaigns}
            onChoose={onChoose}
          />
        ) : (
          <Button
            key={preset.name}
            size="compact-xs"
            variant="default"
            onClick={() => onChoose(presetCondition(preset, null))}
          >
            {t(`preset.${preset.name}`)}
          </Button>
        ),
      )}
    </fieldset>
  );
}

interface SubjectProps {
  preset: Preset;
  subjects: readonly { id: string; name: string }[];
  onChoose: (condition: Json) => void;
}

function SubjectMenu({ preset, subjects, onChoose }: SubjectProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button size="compact-xs" variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
          {t(`preset.${preset.name}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="k-preset-menu">
        <Menu.Item onClick={() => onChoose(presetCondition(preset, null))}>
          {t(preset.of === "segment" ? "preset.anySegment" : "preset.anyCampaign")}
        </Menu.Item>
        {subjects.length > 0 && <Menu.Divider />}
        {subjects.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => onChoose(presetCondition(preset, id))}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
