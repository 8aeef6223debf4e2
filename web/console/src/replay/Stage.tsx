import { Alert, Badge, Button, Center, Loader, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconMovieOff } from "@tabler/icons-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../ui/states";
import type { View } from "./playback";

interface Props {
  stage: RefObject<HTMLDivElement | null>;
  view: View | null;
  /** The kind of device it was recorded on, known before the recording is. */
  device: string;
  /** Why the recording cannot be played, when it cannot. */
  reason: string;
  retry: () => void;
}

/** The visitor's screen, scaled to fit. It has its own fixed room, so that nothing moves while it loads. */
export function Stage({ stage, view, device, reason, retry }: Props) {
  const { t } = useTranslation();
  const { ref, width, height } = useElementSize();
  const size = view?.size;
  const scale = size && width > 0 ? Math.min(width / size.width, height / size.height, 1.5) : 1;
  const drawn = view?.status === "ready";
  return (
    <div className="k-stage" ref={ref} data-device={device}>
      <div
        className="k-frame"
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
          <Empty icon={IconMovieOff} title={t("replay.notPlayable")}>
            {reason}
          </Empty>
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
          <Loader />
        </Center>
      )}
      {view?.waiting && (
        <Badge className="k-waits" role="status" tt="none" size="lg" leftSection={<Loader size={12} color="white" />}>
          {t("player.waiting")}
        </Badge>
      )}
    </div>
  );
}
