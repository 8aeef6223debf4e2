import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Replay } from "../api/types";
import { useConsole, useSite } from "../console";
import { isLive } from "./live";
import { Playback, type View } from "./playback";

const NOTHING = () => () => undefined;

/** Play a session in the element; `at` is where to open it. */
export function usePlayback(
  stage: RefObject<HTMLDivElement | null>,
  replay: Replay,
  at: number,
): { playback: Playback | null; view: View | null } {
  const client = useQueryClient();
  const { queries } = useConsole();
  const site = useSite();
  const latest = useRef(replay);
  latest.current = replay;
  const [playback, setPlayback] = useState<Playback | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one playback for each session; newer descriptions of it come by update()
  useEffect(() => {
    if (!stage.current) {
      return;
    }
    const options = queries.replay(site, replay.session);
    const created = new Playback(
      stage.current,
      latest.current,
      () => client.fetchQuery({ ...options, staleTime: 0 }),
      () => isLive(latest.current, Date.now()),
    );
    setPlayback(created);
    return () => {
      created.destroy();
      setPlayback(null);
    };
  }, [replay.session]);

  useEffect(() => playback?.update(replay), [playback, replay]);

  useEffect(() => {
    if (!playback) {
      return;
    }
    playback.seek(at, null);
    // Those who asked for less motion start it themselves.
    if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      playback.play();
    }
  }, [playback, at]);

  const view = useSyncExternalStore(playback?.subscribe ?? NOTHING, () => playback?.getView() ?? null);
  return { playback, view };
}
