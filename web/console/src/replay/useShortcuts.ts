import { useEffect } from "react";
import { STEP_MS } from "./Controls";
import type { Playback } from "./playback";

/** Space plays and pauses, the arrows go ten seconds back and forth; unless the key belongs to a control. */
export function useShortcuts(playback: Playback | null): void {
  useEffect(() => {
    if (!playback) {
      return;
    }
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.closest("input, textarea, select, [role=menu], [role=dialog], [role=tablist]")
      ) {
        return;
      }
      if (event.key === " " && !target.closest("button, a, summary, [role=button]")) {
        playback.toggle();
      } else if (event.key === "ArrowLeft") {
        playback.seek(playback.getView().time - STEP_MS);
      } else if (event.key === "ArrowRight") {
        playback.seek(playback.getView().time + STEP_MS);
      } else {
        return;
      }
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [playback]);
}
