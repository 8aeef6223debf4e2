import type { Config } from "../config";

export function snippet(config: Pick<Config, "sdk_url" | "ingest_url">, writeKey: string): string {
  return `<script async src="${config.sdk_url}" data-write-key="${writeKey}" data-host="${config.ingest_url}" data-replay="on"></script>`;
}
