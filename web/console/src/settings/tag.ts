import type { Config } from "../config";

/** Lets the site call the tag before it has loaded; web/sdk/README.md shows the same. */
export const QUEUE = `<script>
  window.kizuki = window.kizuki || [];
  for (const method of ["track", "identify", "page", "group", "alias", "reset", "consent", "ready"])
    kizuki[method] = kizuki[method] || ((...args) => kizuki.push([method, ...args]));
</script>`;

export function snippet(config: Pick<Config, "sdk_url" | "ingest_url">, writeKey: string): string {
  return `${QUEUE}
<script async src="${config.sdk_url}" data-write-key="${writeKey}" data-host="${config.ingest_url}" data-replay="on"></script>`;
}
