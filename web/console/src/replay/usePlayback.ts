import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Replay } from "../api/types";
import { useConsole, useSite } from "../console";
import { isLive } from "./live";
import { Playback } from "./playback";
import type { View } from "./view";

const NOTHING = () => () => undefined;

export interface Opening {
  /** Where to open it: milliseconds from the start of the recording. */
  at: number;
  /** At the edge, while the visit goes on. */
  live?: boolean;
  /** Whether it plays by itself; those who asked for less motion always start it themselves. */
  plays?: boolean;
}

/** Play a session in the element. */
export function usePlayback(
  stage: RefObject<HTMLDivElement | null>,
  replay: Replay,
  { at, live = false, plays = true }: Opening,
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

  /** A moment of a visit under way that was asked for before it was sent, and where the recording ended then. */
  const awaited = useRef<{ at: number; end: number } | null>(null);

  useEffect(() => {
    playback?.update(replay);
    const moment = awaited.current;
    if (!playback || !moment || replay.duration_ms < moment.at) {
      return;
    }
    awaited.current = null;
    // Whoever has gone elsewhere meanwhile stays there.
    if (playback.getView().time >= moment.end) {
      playback.seek(moment.at, null);
    }
  }, [playback, replay]);

  useEffect(() => {
    if (!playback) {
      return;
    }
    if (live && isLive(latest.current, Date.now())) {
      // Asked for in so many words: what a visitor does now is motion.
      playback.follow();
      return;
    }
    const { duration_ms: end } = latest.current;
    awaited.current = at > end && isLive(latest.current, Date.now()) ? { at, end } : null;
    playback.seek(at, null);
    if (plays && !window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      playback.play();
    }
  }, [playback, at, live, plays]);

  const view = useSyncExternalStore(playback?.subscribe ?? NOTHING, () => playback?.getView() ?? null);
  return { playback, view };
}
