import { useEffect, useRef } from "react";

/** A recording that was opened by mistake is not one that was seen. */
const SEEN_AFTER_MS = 3_000;

/** Call back once, when it has been playing for three seconds in all. */
export function useSeen(playing: boolean, onSeen: () => void): void {
  const left = useRef(SEEN_AFTER_MS);
  const callback = useRef(onSeen);
  callback.current = onSeen;
  useEffect(() => {
    if (!playing || left.current <= 0) {
      return;
    }
    const since = performance.now();
    const timer = window.setTimeout(() => {
      left.current = 0;
      callback.current();
    }, left.current);
    return () => {
      window.clearTimeout(timer);
      if (left.current > 0) {
        left.current = Math.max(1, left.current - (performance.now() - since));
      }
    };
  }, [playing]);
}
