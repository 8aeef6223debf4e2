import { ActionIcon, Button, CopyButton, Group, SegmentedControl, Switch, Text, Tooltip } from "@mantine/core";
import {
  IconCheck,
  IconLink,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRewindBackward10,
  IconRewindForward10,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { replayPath, useSite } from "../console";
import { counter } from "../format/time";
import type { Playback } from "./playback";
import type { View } from "./view";

export const STEP_MS = 10_000;
const SPEEDS = ["1", "2", "4", "8"];

interface Props {
  playback: Playback;
  view: View;
  session: string;
  length: number;
}

export function Controls({ playback, view, session, length }: Props) {
  const { t } = useTranslation();
  const site = useSite();
  const off = view.status === "unplayable" || view.status === "failed";
  const second = Math.floor(view.time / 1000) * 1000;
  const play = view.playing ? t("player.pause") : t("player.play");
  return (
    <Group className="k-controls" gap="xs" wrap="wrap">
      <Group gap={4} wrap="nowrap">
        <Step
          label={t("player.back")}
          icon={IconRewindBackward10}
          disabled={off}
          go={() => playback.seek(view.time - STEP_MS)}
        />
        <Tooltip label={`${play} (${t("player.space")})`}>
          <ActionIcon
            size={44}
            radius="xl"
            disabled={off}
            onClick={() => playback.toggle()}
            aria-label={play}
            variant="filled"
          >
            {view.playing ? <IconPlayerPauseFilled size={20} /> : <IconPlayerPlayFilled size={20} />}
          </ActionIcon>
        </Tooltip>
        <Step
          label={t("player.forward")}
          icon={IconRewindForward10}
          disabled={off}
          go={() => playback.seek(view.time + STEP_MS)}
        />
      </Group>
      <Text size="sm" component="span" className="k-counter" data-testid="time">
        {counter(view.time)} <span className="k-dim">/ {counter(length)}</span>
      </Text>
      <Group gap="sm" ml="auto" wrap="wrap" justify="flex-end">
        <Switch
          size="sm"
          label={t("player.skip")}
          checked={view.skipsPauses}
          onChange={(event) => playback.setSkipsPauses(event.currentTarget.checked)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("player.speed")}
          value={String(view.speed)}
          onChange={(speed) => playback.setSpeed(Number(speed))}
          data={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
        />
        <CopyButton value={window.location.origin + replayPath(site, session, second)}>
          {({ copied, copy }) => (
            <Tooltip label={t("player.copyLinkAbout")}>
              <Button
                size="xs"
                variant="default"
                onClick={copy}
                leftSection={copied ? <IconCheck size={15} /> : <IconLink size={15} />}
              >
                {copied ? t("copy.done") : t("player.copyLink")}
              </Button>
            </Tooltip>
          )}
        </CopyButton>
      </Group>
    </Group>
  );
}

function Step({
  label,
  icon: Icon,
  disabled,
  go,
}: {
  label: string;
  icon: typeof IconRewindBackward10;
  disabled: boolean;
  go: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={36} variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={go}>
        <Icon size={21} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
