import { type Attributes, maskAttributes } from "./mask-attributes";
import { maskUrl } from "./mask-url";

/** The parts of rrweb's format that masking has to know. */
export interface RecordedEvent {
  type: number;
  timestamp: number;
  data: unknown;
}

export const META = 4;
export const FULL_SNAPSHOT = 2;
export const INCREMENTAL = 3;
export const MUTATION = 0;
export const INPUT = 5;

interface RecordedNode {
  tagName?: string;
  attributes?: Attributes;
  childNodes?: RecordedNode[];
}

interface Mutation {
  source: number;
  adds: { node: RecordedNode }[];
  attributes: { id: number; attributes: Attributes }[];
}

interface Input {
  source: number;
  id: number;
  text: string;
}

type FindElement = (id: number) => Element | null;

// A copy, since the recorder goes on using its own nodes.
function maskNode(node: RecordedNode): RecordedNode {
  const masked = { ...node };
  if (node.attributes && node.tagName) masked.attributes = maskAttributes(node.tagName, node.attributes);
  if (node.childNodes) masked.childNodes = node.childNodes.map(maskNode);
  return masked;
}

function maskMutation(mutation: Mutation, find: FindElement): Mutation {
  return {
    ...mutation,
    adds: mutation.adds.map((add) => ({ ...add, node: maskNode(add.node) })),
    attributes: mutation.attributes.map((change) => {
      const element = find(change.id);
      const known = { type: element?.getAttribute("type"), name: element?.getAttribute("name") };
      return { ...change, attributes: maskAttributes(element?.tagName ?? "", change.attributes, known) };
    }),
  };
}

function maskInput(input: Input, find: FindElement): Input {
  const type = find(input.id)?.getAttribute("type") ?? "";
  return /^(radio|checkbox|hidden|file)$/i.test(type) ? { ...input, text: "" } : input;
}

/** The event without what the recorder's own masking lets through; `find` gives the element of a recorded id. */
export function maskEvent(event: RecordedEvent, find: FindElement): RecordedEvent {
  if (event.type === META) {
    const data = event.data as { href: string };
    return { ...event, data: { ...data, href: maskUrl(data.href) } };
  }
  if (event.type === FULL_SNAPSHOT) {
    const data = event.data as { node: RecordedNode };
    return { ...event, data: { ...data, node: maskNode(data.node) } };
  }
  const { source } = event.data as { source?: number };
  if (event.type !== INCREMENTAL) return event;
  if (source === MUTATION) return { ...event, data: maskMutation(event.data as Mutation, find) };
  if (source === INPUT) return { ...event, data: maskInput(event.data as Input, find) };
  return event;
}
