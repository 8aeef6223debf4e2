import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Change } from "../api/campaigns";
import { campaignPath, segmentPath, useSite } from "../console";
import { destinationPath, rulePath } from "../notifications/paths";

const CHANGES = ["created", "edited", "published", "paused", "ended", "returned", "deleted", "disabled"] as const;

/** What was done, and which version came of it. */
export function ChangeWords({ change: { change, version } }: { change: Change }) {
  const { t } = useTranslation();
  const known = CHANGES.find((each) => each === change);
  return (
    <>
      {known ? t(`change.${known}`) : change}
      {version ? (
        <Text span size="xs" c="dimmed" display="block">
          {t("changes.version", { n: version })}
        </Text>
      ) : null}
    </>
  );
}

function pathOf(site: string, { kind, id, change }: Change): string | null {
  if (change === "deleted") {
    return null;
  }
  switch (kind) {
    case "campaign":
      return `${campaignPath(site, id)}?tab=versions`;
    case "segment":
      return segmentPath(site, id);
    case "rule":
      return rulePath(site, id);
    case "destination":
      return destinationPath(site, id);
    case "settings":
      return `/sites/${encodeURIComponent(site)}/settings?tab=messages`;
    default:
      return null;
  }
}

/** What was changed, with the way there. */
export function ChangedThing({ change }: { change: Change }) {
  const { t } = useTranslation();
  const to = pathOf(useSite(), change);
  const { kind, id, name } = change;
  const told = kind === "settings" ? t("changes.kind.settings") : name || id;
  return (
    <>
      {to ? (
        <Anchor component={Link} to={to} size="sm" className="k-anywhere">
          {told}
        </Anchor>
      ) : (
        <span className="k-anywhere">{told}</span>
      )}
      {kind !== "settings" && (
        <Text span size="xs" c="dimmed" display="block">
          {t(`changes.kind.${kind}`)}
        </Text>
      )}
    </>
  );
}
