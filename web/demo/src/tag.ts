import type { Kizuki } from "@kizuki/sdk";

interface Configuration {
  sdk_url: string;
  write_key: string;
  ingest_url: string;
}

/** The tag, or the queue that stands in for it until it has loaded. */
export function kizuki(): Kizuki {
  return window.kizuki as Kizuki;
}

/** Install the queue: the snippet of the tag. */
function installQueue(): void {
  const queue = (window.kizuki ?? []) as unknown as Record<string, unknown> & { push(command: unknown[]): void };
  for (const method of ["track", "identify", "page", "group", "alias", "reset", "consent", "ready"]) {
    queue[method] ??= (...args: unknown[]) => queue.push([method, ...args]);
  }
  window.kizuki = queue as unknown as Kizuki;
}

const REMEMBERED = "shop.configuration";

/** The settings of /config.json, remembered for the tab so that its later pages start the tag at once. */
async function readConfiguration(): Promise<Configuration | undefined> {
  const remembered = sessionStorage.getItem(REMEMBERED);
  if (remembered) return JSON.parse(remembered) as Configuration;
  try {
    const response = await fetch("/config.json");
    const found = (await response.json()) as Partial<Configuration>;
    if (!response.ok || !found.sdk_url || !found.write_key || !found.ingest_url) return undefined;
    sessionStorage.setItem(REMEMBERED, JSON.stringify(found));
    return found as Configuration;
  } catch {
    return undefined;
  }
}

/** Load the tag as /config.json says; false when that file is missing or says nothing useful. */
export async function startTag(): Promise<boolean> {
  installQueue();
  const configuration = await readConfiguration();
  if (!configuration) return false;
  const script = document.createElement("script");
  script.async = true;
  script.src = configuration.sdk_url;
  script.dataset.writeKey = configuration.write_key;
  script.dataset.host = configuration.ingest_url;
  script.dataset.replay = "on";
  document.head.append(script);
  return true;
}
