export interface Config {
  writeKey: string;
  /** Base of the ingest API, before `/v1/…`, without a trailing slash. */
  host: string;
  /** Folder that the lazily loaded parts are next to the tag in, with a trailing slash. */
  folder: string;
  nonce: string;
  replay: boolean;
  autoPage: boolean;
  consentRequired: boolean;
  respectDnt: boolean;
}

/** Read the tag's own `<script>` element; undefined when it names no write key. */
export function readConfig(script: HTMLScriptElement | null): Config | undefined {
  const data = script?.dataset;
  if (!script || !data?.writeKey) return undefined;
  const source = new URL(script.src, location.href);
  return {
    writeKey: data.writeKey,
    host: (data.host || source.origin).replace(/\/+$/, ""),
    folder: new URL(".", source).href,
    // The property, since browsers hide the attribute from scripts.
    nonce: script.nonce,
    replay: data.replay === "on",
    autoPage: data.autoPage !== "off",
    consentRequired: data.consent === "required",
    respectDnt: data.dnt === "respect",
  };
}
