import { guard } from "../core/guard";
import { maskMessage } from "./mask-text";
import { maskUrl } from "./mask-url";
import { wrap } from "./wrap";

/** Note what happened in the recording, and track it where it has a name as an event. */
export type Tell = (kind: string, properties: Record<string, unknown>, event?: string) => void;

/** What is no fault of the page's. */
const HARMLESS = /^ResizeObserver loop/;

function messageOf(thrown: unknown): string {
  return maskMessage(String((thrown as Error | undefined)?.message ?? thrown));
}

/** Tell errors that nobody caught, and what the page writes to the console as one. */
export function watchErrors(tell: Tell): () => void {
  const told = (message: string, source?: string, line?: number) => {
    if (HARMLESS.test(message)) return;
    tell("error", { message, source: source && maskUrl(source, "link"), line: line || undefined }, "Error");
  };
  // Anybody can dispatch one without a message, and throw what is no text: never an error of ours in the site's hands.
  const onError = guard((event: ErrorEvent) => told(messageOf(event), event.filename, event.lineno));
  const onRejection = guard(({ reason }: PromiseRejectionEvent) => told(messageOf(reason)));
  addEventListener("error", onError);
  addEventListener("unhandledrejection", onRejection);
  const restore = wrap(console, "error", (_, args) => {
    tell("console", { message: maskMessage(args.map(messageOf).join(" ")) });
  });
  return () => {
    removeEventListener("error", onError);
    removeEventListener("unhandledrejection", onRejection);
    restore();
  };
}

/** Tell requests of the page that failed; `own` are the tag's, which nobody is told of. `onRequest` sees all others begin. */
export function watchRequests(own: string, onRequest: () => void, tell: Tell): () => void {
  const opened = new WeakMap<object, [method: string, url: string]>();

  /** What to do when the request has failed, with 0 for no answer at all; undefined for the tag's own. */
  function begun(method: unknown, url: unknown): ((status: number) => void) | undefined {
    const { href } = new URL(String(url), document.baseURI);
    if (href.startsWith(own)) return undefined;
    onRequest();
    const properties = { method: String(method || "GET").toUpperCase(), url: maskUrl(href, "link") };
    return (status) => {
      if (!status || status >= 400) tell("request_failed", { ...properties, status }, "Request Failed");
    };
  }

  const restore = [
    wrap(window, "fetch", (_, [input, init], promise) => {
      const request = input as Partial<Request>;
      const ended = begun((init as RequestInit | undefined)?.method ?? request.method, request.url ?? input);
      if (!ended) return;
      (promise as Promise<Response>).then(
        // What a page may not read has no status.
        ({ status, type }) => type === "opaque" || type === "opaqueredirect" || ended(status),
        (error) => error?.name === "AbortError" || ended(0),
      );
    }),
    wrap(XMLHttpRequest.prototype, "open", (self, [method, url]) => {
      opened.set(self as object, [String(method), String(url)]);
    }),
    wrap(XMLHttpRequest.prototype, "send", (self) => {
      const request = self as XMLHttpRequest;
      const ended = begun(...(opened.get(request) ?? ["", ""]));
      if (!ended) return;
      for (const type of ["load", "error", "timeout"]) {
        request.addEventListener(type, () => ended(request.status), { once: true });
      }
    }),
  ];
  return () => {
    for (const each of restore) each();
  };
}
