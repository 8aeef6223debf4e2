import { retryAfter } from "./backoff";

export type Outcome =
  | { kind: "accepted"; answer: unknown }
  | { kind: "again"; wait: number }
  | { kind: "refused"; status: number; answer: unknown };

const TIMEOUT_MS = 30_000;

/** POST and sort the answer into the three that matter: taken, try again, refused for good. */
export async function post(url: string, init: RequestInit): Promise<Outcome> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(url, { method: "POST", credentials: "omit", signal: abort.signal, ...init });
    const { status } = response;
    if (status === 408 || status === 429 || status >= 500) {
      return { kind: "again", wait: retryAfter(response.headers.get("Retry-After"), Date.now()) };
    }
    const answer: unknown = await response.json().catch(() => undefined);
    return response.ok ? { kind: "accepted", answer } : { kind: "refused", status, answer };
  } catch {
    return { kind: "again", wait: 0 };
  } finally {
    clearTimeout(timer);
  }
}
