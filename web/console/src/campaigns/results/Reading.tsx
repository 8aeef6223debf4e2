import { Button, Popover, Text, Title } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { number, percent } from "../../format/values";
import { falsePositiveRate, measuredOver, ordinaryRate } from "../measured";

/** How to read the figures, and why they may be looked at on any day. */
export function Reading() {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  return (
    <Popover width={380} position="bottom-end" shadow="md" withArrow trapFocus>
      <Popover.Target>
        <Button size="xs" variant="subtle" leftSection={<IconHelpCircle size={16} />}>
          {t("reading.open")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("reading.open")}>
        {(["rate", "lift", "best", "peeking"] as const).map((part) => (
          <div key={part} className="k-reading">
            <Title order={3} size="h6">
              {t(`reading.${part}`)}
            </Title>
            <Text size="sm">{t(`reading.${part}About`)}</Text>
          </div>
        ))}
        <Text size="sm" className="k-reading">
          {t("reading.measured", {
            rate: percent(falsePositiveRate, 1, language),
            ordinary: percent(ordinaryRate, 1, language),
            runs: number(measuredOver.runs, language),
            looks: number(measuredOver.looks, language),
          })}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
