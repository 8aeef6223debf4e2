import { Anchor, Badge, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Decision } from "../api/types";
import { reasonText, stepName } from "../campaigns/reason";
import { useSite } from "../console";

const colors = { shown: "teal", control: "gray", suppressed: "orange" } as const;

/** What the campaigns decided on one event, and why. */
export function Decisions({ decisions }: { decisions: Decision[] }) {
  const { t } = useTranslation();
  const site = useSite();
  if (decisions.length === 0) {
    return null;
  }
  return (
    <ul className="k-decisions" aria-label={t("decision.label")}>
      {decisions.map((decision) => (
        <li key={decision.campaign}>
          <Group gap={6} wrap="wrap">
            <Badge variant="light" color={colors[decision.outcome]} tt="none" size="sm">
              {t(`decision.${decision.outcome}`)}
            </Badge>
            <Anchor
              component={Link}
              to={`/sites/${encodeURIComponent(site)}/campaigns/${encodeURIComponent(decision.campaign)}`}
              size="xs"
            >
              {decision.name}
            </Anchor>
            {decision.outcome === "shown" && decision.variant && (
              <Text span size="xs" c="dimmed">
                {t("decision.variant", { variant: decision.variant })}
              </Text>
            )}
            {decision.outcome === "control" && (
              <Text span size="xs" c="dimmed">
                {t("decision.controlAbout")}
              </Text>
            )}
            {decision.step && (
              <Text span size="xs" c="dimmed">
                {[stepName(decision.step, t), reasonText(decision, t)].filter(Boolean).join(": ")}
              </Text>
            )}
          </Group>
        </li>
      ))}
    </ul>
  );
}
