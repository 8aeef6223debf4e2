import { IconPhotoOff } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useConsole, useSite } from "../console";
import { withSlot } from "./slots";

/** A list is looked through faster than pages are drawn: what scrolls past is not begun. */
const SETTLE_MS = 150;
const FRESH_MS = 10 * 60_000;

/** The page as it was first drawn, small and inert. It is fetched when it comes into view, and taken away out of it. */
export function Thumbnail({ session, playable }: { session: string; playable: boolean }) {
  const { queries } = useConsole();
  const site = useSite();
  const client = useQueryClient();
  const frame = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"waiting" | "drawn" | "none">(playable ? "waiting" : "none");
  const visible = useVisible(frame);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the queries are made anew at each rendering, the session is what counts
  useEffect(() => {
    const element = frame.current?.querySelector<HTMLElement>(".k-thumb-page");
    if (!visible || !playable || !element) {
      return;
    }
    const life = new AbortController();
    const timer = window.setTimeout(() => {
      withSlot(life.signal, async () => {
        const replay = await client.fetchQuery({ ...queries.replay(site, session), staleTime: FRESH_MS });
        const { drawFirst } = await import("../replay/still");
        if (!life.signal.aborted) {
          await drawFirst(element, replay, life.signal);
          setState("drawn");
        }
      }).catch(() => !life.signal.aborted && setState("none"));
    }, SETTLE_MS);
    return () => {
      window.clearTimeout(timer);
      life.abort();
      element.replaceChildren();
      setState((before) => (before === "drawn" ? "waiting" : before));
    };
  }, [visible, playable, session, site]);

  return (
    <div className="k-thumb" ref={frame} data-state={state} aria-hidden>
      <div className="k-thumb-page" inert />
      {state === "none" && <IconPhotoOff size={20} stroke={1.5} />}
    </div>
  );
}

function useVisible(element: React.RefObject<HTMLElement | null>): boolean {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (!element.current) {
      return;
    }
    const observer = new IntersectionObserver((entries) => setVisible(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: "200px",
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return visible;
}
