import { Alert, Badge, Button, Center, Loader, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconMovieOff } from "@tabler/icons-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Device } from "../api/live";
import { counter } from "../format/time";
import { Empty } from "../ui/states";
import type { View } from "./view";

interface Props {
  stage: RefObject<HTMLDivElement | null>;
  view: View | null;
  /** The kind of device it was recorded on, known before the recording is. */
  device: Device;
  /** Why the recording cannot be played, when it cannot. */
  reason: string;
  retry: () => void;
  /** Beside others: less room, and no frame around it. */
  small?: boolean;
}

/** The edge of the device, in pixels of the console. */
const BEZEL: Record<Device, number> = { mobile: 10, tablet: 14, desktop: 0 };

/** The visitor's screen in its device, scaled to fit. It has its own fixed room, so that nothing moves while it loads. */
export function Stage({ stage, view, device, reason, retry, small = false }: Props) {
  const { t } = useTranslation();
  const { ref, width, height } = useElementSize();
  const size = view?.size;
  const bezel = small ? 0 : BEZEL[device];
  const room = (length: number) => Math.max(1, length - 2 * bezel - (bezel > 0 ? 16 : 0));
  const scale = size && width > 0 ? Math.min(room(width) / size.width, room(height) / size.height, 1.5) : 1;
  const drawn = view?.status === "ready";
  return (
    <div className="k-stage" ref={ref} data-device={device} data-small={small}>
      <div
        className="k-frame"
        data-device={small ? undefined : device}
        style={
          size && drawn
            ? { width: size.width * scale, height: size.height * scale }
            : { visibility: "hidden", width: 0, height: 0 }
        }
      >
        <div ref={stage} style={{ transform: `scale(${scale})`, transformOrigin: "0 0" }} />
      </div>
      {view?.status === "unplayable" && (
        <Center className="k-cover">
          {small ? (
            <Text size="xs" c="dimmed" ta="center" p="xs">
              {t("replay.notPlayable")}: {reason}
            </Text>
          ) : (
            <Empty icon={IconMovieOff} title={t("replay.notPlayable")}>
              {reason}
            </Empty>
          )}
        </Center>
      )}
      {view?.status === "failed" && (
        <Center className="k-cover">
          <Alert color="red" variant="light" title={t("error.title")} maw={360}>
            <Text size="sm" mb="sm">
              {t("replay.loadFailed")}
            </Text>
            <Button size="xs" variant="default" onClick={retry}>
              {t("error.retry")}
            </Button>
          </Alert>
        </Center>
      )}
      {(!view || view.status === "loading") && (
        <Center className="k-cover" role="status" aria-label={t("state.loading")}>
          <Loader {...(small ? { size: "sm" } : {})} />
        </Center>
      )}
      {drawn && view.missed !== null && (
        <Text className="k-missed" size="sm" role="status">
          {t("player.missed", { at: counter(view.missed) })}
        </Text>
      )}
      {view?.waiting && !small && (
        <Badge className="k-waits" role="status" tt="none" size="lg" leftSection={<Loader size={12} color="white" />}>
          {t(view.following ? "player.waitingLive" : "player.waiting")}
        </Badge>
      )}
    </div>
  );
}
