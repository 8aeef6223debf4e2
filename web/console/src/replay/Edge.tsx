import { Badge, Button, Tooltip } from "@mantine/core";
import { IconPlayerTrackNextFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Playback } from "./playback";
import type { View } from "./view";

/** Whether one sees what the visitor does now, and the way there. */
export function Edge({ playback, view }: { playback: Playback; view: View }) {
  const { t } = useTranslation();
  return view.following ? (
    <Badge color="red" variant="light" tt="none" size="lg" leftSection={<span className="k-dot k-pulse" />}>
      {t("player.atEdge")}
    </Badge>
  ) : (
    <Tooltip label={t("player.toEdgeAbout")}>
      <Button
        size="compact-sm"
        color="red"
        variant="light"
        leftSection={<IconPlayerTrackNextFilled size={13} />}
        onClick={() => playback.follow()}
      >
        {t("player.toEdge")}
      </Button>
    </Tooltip>
  );
}
