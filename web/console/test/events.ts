import type { eventWithTime } from "@rrweb/types";
import type { StoryEvent } from "../src/api/types";

export function storyEvent(id: string, at: number, fields: Partial<StoryEvent> = {}): StoryEvent {
  const time = new Date(at).toISOString();
  return {
    message_id: id,
    type: "page",
    event: "page",
    occurred_at: time,
    received_at: time,
    session: { id: "s", n: 1 },
    url: null,
    title: null,
    properties: {},
    traits: {},
    device: null,
    referrer: null,
    campaign: null,
    replay: null,
    decisions: [],
    ...fields,
  };
}

export const recorded = (type: number, timestamp: number, data: object = {}) =>
  ({ type, timestamp, data }) as unknown as eventWithTime;
