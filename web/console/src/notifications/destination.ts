import type { DestinationDefinition, DestinationType, SecretName } from "../api/notifications";
import type { Json, JsonObject } from "../api/types";

/** How something is sent, as people choose it: Slack is written to in two ways. */
export const KINDS = ["slack", "slackBot", "webhook", "json", "email", "line"] as const;
export type Kind = (typeof KINDS)[number];

export interface DestinationForm {
  id: string;
  name: string;
  kind: Kind;
  enabled: boolean;
  locale: "ja" | "en";
  alerts: boolean;
  channel: string;
  threads: boolean;
  to: string[];
  /** JSON as it is typed. */
  template: string;
}

export const kindOf = ({ type, channel }: Pick<DestinationDefinition, "type" | "channel">): Kind =>
  type === "slack" && channel ? "slackBot" : type;

export const typeOf = (kind: Kind): DestinationType => (kind === "slackBot" ? "slack" : kind);

export function destinationForm(definition: DestinationDefinition): DestinationForm {
  return {
    id: definition.id,
    name: definition.name,
    kind: kindOf(definition),
    enabled: definition.enabled ?? true,
    locale: definition.locale ?? "ja",
    alerts: definition.alerts ?? false,
    channel: definition.channel ?? "",
    threads: definition.threads ?? false,
    to: definition.to ?? [],
    template: definition.template ? JSON.stringify(definition.template, null, 2) : "",
  };
}

export const newDestination = (id: string, locale: "ja" | "en"): DestinationForm => ({
  ...destinationForm({ id, name: "", type: "slack", locale }),
});

/** The document of what was typed, with the fields of its type only. */
export function definitionOf(form: DestinationForm): DestinationDefinition {
  const { id, name, kind, enabled, locale, alerts } = form;
  return {
    id,
    name: name.trim(),
    type: typeOf(kind),
    enabled,
    locale,
    alerts,
    ...(kind === "slackBot" ? { channel: form.channel.trim(), threads: form.threads } : {}),
    ...(kind === "json" ? { template: templateOf(form.template) } : {}),
    ...(kind === "email" || kind === "line" ? { to: form.to } : {}),
  };
}

/** The template that was typed; null while it is no JSON object. */
export function templateOf(typed: string): JsonObject | null {
  try {
    const read = JSON.parse(typed) as Json;
    return read !== null && typeof read === "object" && !Array.isArray(read) ? read : null;
  } catch {
    return null;
  }
}

/** The secret without which nothing can be sent. */
export const NEEDED: Record<Kind, SecretName | null> = {
  slack: "url",
  slackBot: "bot_token",
  webhook: "url",
  json: "url",
  email: null,
  line: "channel_access_token",
};

/** A card for Microsoft Teams (https://learn.microsoft.com/power-automate/teams/send-an-adaptive-card). */
export const TEAMS: JsonObject = {
  type: "message",
  attachments: [
    {
      contentType: "application/vnd.microsoft.card.adaptive",
      content: {
        $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
        type: "AdaptiveCard",
        version: "1.4",
        body: [
          { type: "TextBlock", text: "{{ title }}", weight: "bolder", wrap: true },
          { type: "TextBlock", text: "{{ text }}", wrap: true },
        ],
        actions: [{ type: "Action.OpenUrl", title: "Kizuki", url: "{{ link }}" }],
      },
    },
  ],
};

/** What templates know, with what it might be. */
export function sampleValues(words: { title: string; text: string; rule: string; person: string }, origin: string) {
  const link = `${origin}/sites/…/people/u:42?event=m-1`;
  return {
    title: words.title,
    text: words.text,
    link,
    count: "1",
    rule: words.rule,
    person: words.person,
    event: "Order Completed",
    session: "s-2f9a",
    occurred_at: "2026-12-01T01:00:00.000Z",
  };
}

export type Sample = ReturnType<typeof sampleValues>;

/** The template with what each plain `{{ name }}` of it might be; any other expression stays as it is written. */
export function filled(template: Json, sample: Record<string, string>): Json {
  if (typeof template === "string") {
    return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
      Object.hasOwn(sample, name) ? (sample[name] ?? "") : whole,
    );
  }
  if (Array.isArray(template)) {
    return template.map((each) => filled(each, sample));
  }
  if (template !== null && typeof template === "object") {
    return Object.fromEntries(Object.entries(template).map(([name, each]) => [name, filled(each, sample)]));
  }
  return template;
}

/** A signing secret as Standard Webhooks has it: 32 bytes from the browser's generator. */
export function newSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
