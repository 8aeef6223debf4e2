import { type Attributes, BUTTON, type Label, maskAttributes, UNMASKED_INPUT } from "./mask-attributes";
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
export const SCROLL = 3;
export const INPUT = 5;

interface RecordedNode {
  id: number;
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

/** The element of a recorded id. */
export type FindElement = (id: number) => Element | null;
type LabelOf = (id: number) => Label;

// A copy, since the recorder goes on using its own nodes.
function maskNode(node: RecordedNode, labelOf: LabelOf): RecordedNode {
  const masked = { ...node };
  if (node.attributes && node.tagName) {
    masked.attributes = maskAttributes(node.tagName, node.attributes, labelOf(node.id));
  }
  if (node.childNodes) masked.childNodes = node.childNodes.map((child) => maskNode(child, labelOf));
  return masked;
}

function maskMutation(mutation: Mutation, find: FindElement, labelOf: LabelOf): Mutation {
  return {
    ...mutation,
    adds: mutation.adds.map((add) => ({ ...add, node: maskNode(add.node, labelOf) })),
    attributes: mutation.attributes.map((change) => {
      const element = find(change.id);
      const known = { type: element?.getAttribute("type"), name: element?.getAttribute("name") };
      const attributes = maskAttributes(element?.tagName ?? "", change.attributes, labelOf(change.id), known);
      return { ...change, attributes };
    }),
  };
}

function maskInput(input: Input, find: FindElement, labelOf: LabelOf): Input {
  const element = find(input.id);
  const type = element?.getAttribute("type") ?? "";
  if (!element || UNMASKED_INPUT.test(type)) return { ...input, text: "" };
  return BUTTON.test(type) ? { ...input, text: labelOf(input.id)(input.text) } : input;
}

/** The event without what the recorder's own masking lets through; `label` shows a text of the page that is in an attribute. */
export function maskEvent(
  event: RecordedEvent,
  find: FindElement,
  label: (text: string, element: Element | null) => string = (text) => text,
): RecordedEvent {
  const labelOf: LabelOf = (id) => (text) => label(text, find(id));
  if (event.type === META) {
    const data = event.data as { href: string };
    return { ...event, data: { ...data, href: maskUrl(data.href) } };
  }
  if (event.type === FULL_SNAPSHOT) {
    const data = event.data as { node: RecordedNode };
    return { ...event, data: { ...data, node: maskNode(data.node, labelOf) } };
  }
  const { source } = event.data as { source?: number };
  if (event.type !== INCREMENTAL) return event;
  if (source === MUTATION) return { ...event, data: maskMutation(event.data as Mutation, find, labelOf) };
  if (source === INPUT) return { ...event, data: maskInput(event.data as Input, find, labelOf) };
  return event;
}
