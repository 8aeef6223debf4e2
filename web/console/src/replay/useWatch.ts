import { useEffect } from "react";
import { watchSession } from "../api/liveChanges";
import { useConsole, useSite } from "../console";

/** The tag sends each second for half a minute after it was asked to. */
const ASK_EVERY_MS = 20_000;

/** While somebody looks at a visit that goes on, have its tag send what happens each second. */
export function useWatch(session: string, live: boolean): void {
  const { api } = useConsole();
  const site = useSite();
  useEffect(() => {
    if (!live) {
      return;
    }
    const ask = () => {
      if (!document.hidden) {
        // Without it the visit is seen all the same, some seconds later.
        watchSession(api, site, session).catch(() => undefined);
      }
    };
    ask();
    const timer = window.setInterval(ask, ASK_EVERY_MS);
    document.addEventListener("visibilitychange", ask);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [api, site, session, live]);
}
