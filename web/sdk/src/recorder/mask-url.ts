const SECRET_NAME =
  /token|secret|signature|pass|pwd|session|jwt|cred|auth|mail|phone|(^|[_.-])(key|apikey|sid|sig|code|otp|hash|nonce|user)$/i;
const LONG_RUN = /\w{20,}/g;

/** Long, and of letters and digits: made by a machine, not by a writer. */
function looksSecret(run: string): boolean {
  return /\d/.test(run) && /[a-z]/i.test(run);
}

/** The text without what looks like a key. */
export function maskKeys(text: string): string {
  return text.replace(LONG_RUN, (run) => (looksSecret(run) ? "*" : run));
}

function maskParameter(parameter: string, everything: boolean): string {
  const [name = "", ...rest] = parameter.split("=");
  const secret = SECRET_NAME.test(name) || /@|%40/.test(rest.join("=")) || maskKeys(parameter) !== parameter;
  if (!everything && !secret) return parameter;
  return rest.length ? `${name}=*` : "*";
}

const maskParameters = (parameters: string, everything: boolean) =>
  parameters
    .split("&")
    .map((parameter) => maskParameter(parameter, everything))
    .join("&");

function maskPath(path: string, kind: Kind): string {
  if (kind === "resource") return path;
  return maskKeys(kind === "link" ? path.replace(/[^/]*(@|%40)[^/]*/g, "*") : path);
}

/** `page`: where the visitor is. `link`: what leads away, which shows none of its address. `resource`: what the page is drawn with. */
export type Kind = "page" | "link" | "resource";

/**
 * The address without what may let somebody in: parameters that are named or look like secrets, and such parts of the path.
 * Of a link all parameters, and addresses of people. A resource keeps its path: file names have hashes in them.
 */
export function maskUrl(url: string, kind: Kind = "page"): string {
  const link = kind === "link";
  if (/^\s*javascript:/i.test(url)) return "#";
  if (/^(mailto|tel|sms):/i.test(url)) return `${url.split(":")[0]}:*`;
  if (/^(data|blob):/i.test(url)) return url;
  const [, path = "", query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(url) ?? [];
  return (
    maskPath(path, kind) +
    (query === undefined ? "" : `?${maskParameters(query, link)}`) +
    (fragment === undefined ? "" : `#${/[=?]/.test(fragment) ? "*" : maskParameters(fragment, false)}`)
  );
}

/** The style with its addresses masked. */
export function maskStyle(css: string): string {
  return css.replace(/(url\(\s*["']?)([^"')]+)/gi, (_, before, url) => before + maskUrl(url, "resource"));
}
