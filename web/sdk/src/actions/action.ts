/** What a campaign decided to show, as the ingest API answers it (docs/api.md). */

/** Colours are `#rgb` or `#rrggbb`, `radius` is in pixels, `font` a list of families. */
export interface Theme {
  surface?: string | null;
  text?: string | null;
  accent?: string | null;
  accentText?: string | null;
  radius?: number | null;
  font?: string | null;
}

export interface Image {
  url: string;
  alt: string;
}

export interface Button {
  label: string;
  url: string;
}

/** A `body` is HTML of a few tags wherever it stands; everything else is text. */
export interface Message {
  title: string;
  body?: string | null;
  image?: Image | null;
  button?: Button | null;
  /** Label of a second button, which closes. */
  dismiss?: string | null;
}

/** One stop of a tour; without a selector, or where it matches nothing, it stands in the middle of the screen. */
export interface Step {
  title: string;
  body?: string | null;
  image?: Image | null;
  selector?: string | null;
  /** The page that the step is on: the tour goes there. */
  url?: string | null;
  /** `click`: the visitor goes on by clicking the element itself. */
  advance?: "next" | "click" | null;
}

export interface Tour {
  steps: Step[];
}

export interface Item {
  id: string;
  title: string;
  body?: string | null;
  url?: string | null;
  done: boolean;
  /** A condition ticks it, on the server; otherwise the visitor does. */
  automatic?: boolean | null;
}

/** What is said once there is nothing left to do. */
export interface Closing {
  title: string;
  body?: string | null;
}

export interface Checklist {
  title: string;
  body?: string | null;
  items: Item[];
  completed?: Closing | null;
}

export interface Point {
  text: string;
  selector?: string | null;
}

export interface Summary {
  title: string;
  body?: string | null;
  points: Point[];
}

export interface Clip {
  url: string;
  poster?: string | null;
  captions?: string | null;
}

export interface VideoMessage extends Message {
  video: Clip;
}

export interface Option {
  value: string;
  label: string;
}

export interface Question {
  id: string;
  kind: "nps" | "single" | "multi" | "text";
  label: string;
  options?: Option[] | null;
  required?: boolean | null;
  /** Labels of the ends of an NPS scale. */
  low?: string | null;
  high?: string | null;
  /** The answer becomes this trait of the visitor. */
  trait?: string | null;
}

export interface Survey {
  title: string;
  body?: string | null;
  questions: Question[];
  submit?: string | null;
  thanks?: Closing | null;
}

/** What each type of action has to say, in one language. */
export interface Contents {
  popup: Message;
  "slide-in": Message;
  bar: Message;
  embed: Message;
  tooltip: Message;
  tour: Tour;
  checklist: Checklist;
  summary: Summary;
  video: VideoMessage;
  survey: Survey;
  script: { code: string };
  redirect: { url: string };
}

export type ActionType = keyof Contents;

export interface ActionOf<T extends ActionType> {
  /** `<campaign>:<messageId>` */
  id: string;
  campaign: string;
  name: string;
  variant: string;
  messageId: string;
  type: T;
  placement: string;
  selector: string | null;
  locale: string;
  theme: Theme;
  content: Contents[T];
}

/** The actions that are one message. */
export type MessageAction = ActionOf<"popup" | "slide-in" | "bar" | "embed" | "tooltip">;

export type Action = { [T in ActionType]: ActionOf<T> }[ActionType];

/** What to wait for on the page. */
export type Moment =
  | { type: "scroll"; percent: number }
  | { type: "visible"; selector: string }
  | { type: "read" }
  | { type: "dwell"; seconds: number }
  | { type: "exit" }
  | { type: "idle"; seconds: number };

/** A campaign that will decide when its moment has come on this page, and `delay` seconds have passed after it. */
export interface Watch {
  campaign: string;
  moment: Moment | null;
  delay: number;
}
