/** What became of a delivery, by the code that the delivery log keeps ("http_404: no_service", "timeout: …"). */

export const FAILURES = [
  "slackChannel",
  "slackArchived",
  "slackAuth",
  "slackHook",
  "slackMessage",
  "badRequest",
  "denied",
  "notFound",
  "gone",
  "tooLarge",
  "busy",
  "serverError",
  "redirect",
  "refused",
  "timeout",
  "tls",
  "connection",
  "unknownHost",
  "address",
  "disabled",
  "noDestination",
  "settings",
  "secret",
  "unrenderable",
  "mailNotSetUp",
  "mailRefused",
  "unavailable",
  "quiet",
  "outsideHours",
] as const;
export type Failure = (typeof FAILURES)[number];

/** https://docs.slack.dev/reference/methods/chat.postMessage and the errors of incoming webhooks. */
const SLACK: Record<string, Failure> = {
  channel_not_found: "slackChannel",
  not_in_channel: "slackChannel",
  channel_is_archived: "slackArchived",
  is_archived: "slackArchived",
  account_inactive: "slackAuth",
  action_prohibited: "slackAuth",
  ekm_access_denied: "slackAuth",
  invalid_auth: "slackAuth",
  invalid_token: "slackAuth",
  missing_scope: "slackAuth",
  no_permission: "slackAuth",
  not_authed: "slackAuth",
  org_login_required: "slackAuth",
  team_access_not_granted: "slackAuth",
  token_expired: "slackAuth",
  token_revoked: "slackAuth",
  no_active_hooks: "slackHook",
  no_service: "slackHook",
  no_team: "slackHook",
  team_disabled: "slackHook",
  rate_limited: "busy",
  ratelimited: "busy",
  fatal_error: "serverError",
  internal_error: "serverError",
  request_timeout: "serverError",
  rollup_error: "serverError",
  service_unavailable: "serverError",
};

const OWN: Record<string, Failure> = {
  timeout: "timeout",
  tls_refused: "tls",
  tls_failed: "tls",
  connection_refused: "connection",
  connection_failed: "connection",
  broken_answer: "connection",
  unknown_host: "unknownHost",
  address_refused: "address",
  malformed_url: "address",
  scheme_refused: "address",
  credentials_refused: "address",
  disabled_destination: "disabled",
  unknown_destination: "noDestination",
  invalid_destination: "settings",
  invalid_secret: "secret",
  foreign_secret: "secret",
  unrenderable: "unrenderable",
  mail_not_set_up: "mailNotSetUp",
  mail_refused: "mailRefused",
  mail_unavailable: "unavailable",
  unavailable: "unavailable",
  busy: "unavailable",
  quiet: "quiet",
  outside_hours: "outsideHours",
};

const HTTP: Record<number, Failure> = {
  400: "badRequest",
  401: "denied",
  403: "denied",
  404: "notFound",
  408: "timeout",
  410: "gone",
  413: "tooLarge",
  422: "badRequest",
  425: "busy",
  429: "busy",
};

const own = (table: Record<string, Failure>, key: string) => (Object.hasOwn(table, key) ? table[key] : undefined);

/** What went wrong; null for what nobody foresaw, which is then said as it is kept. */
export function failureOf(error: string): Failure | null {
  const [code = "", rest = ""] = error.split(/: ?(.*)/s);
  const said = rest.trim();
  if (code === "slack") {
    return own(SLACK, said) ?? "slackMessage";
  }
  const status = /^http_(\d{3})$/.exec(code)?.[1];
  return status ? (own(SLACK, said) ?? ofStatus(Number(status))) : (own(OWN, code) ?? null);
}

function ofStatus(status: number): Failure {
  const known = HTTP[status];
  return known ?? (status >= 500 ? "serverError" : status >= 300 && status < 400 ? "redirect" : "refused");
}
