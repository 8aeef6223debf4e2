const SECRET_NAME =
  /token|secret|signature|pass|pwd|session|jwt|cred|auth|mail|phone|(^|[_.-])(key|apikey|sid|sig|code|otp|hash|nonce|user)$/i;
const LONG_RUN = /\w{20,}/g;

/** Long, and of letters and digits: made by a machine, not by a writer. */
function looksSecret(run: string): boolean {
  return /\d/.test(run) && /[a-z]/i.test(run);
}

function maskParameter(parameter: string, everything: boolean): string {
  const [name = "", ...rest] = parameter.split("=");
  const value = rest.join("=");
  const secret =
    SECRET_NAME.test(name) || /@|%40/.test(value) || (parameter.match(LONG_RUN) ?? []).some((run) => looksSecret(run));
  if (!everything && !secret) return parameter;
  return rest.length ? `${name}=*` : "*";
}

const maskParameters = (parameters: string, everything: boolean) =>
  parameters
    .split("&")
    .map((parameter) => maskParameter(parameter, everything))
    .join("&");

/**
 * The address without what may let somebody in: parameters that are named or look like secrets, and such parts of the path.
 * With `everything`, all parameters: a replay does not need them to show a link.
 */
export function maskUrl(url: string, everything = false): string {
  if (/^\s*javascript:/i.test(url)) return "#";
  if (/^(data|blob|mailto|tel):/i.test(url)) return url;
  const [, path = "", query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(url) ?? [];
  return (
    path.replace(LONG_RUN, (run) => (looksSecret(run) ? "*" : run)) +
    (query === undefined ? "" : `?${maskParameters(query, everything)}`) +
    (fragment === undefined ? "" : `#${/[=?]/.test(fragment) ? "*" : maskParameters(fragment, false)}`)
  );
}
