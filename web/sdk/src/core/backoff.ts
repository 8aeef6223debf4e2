export const LONGEST_WAIT_MS = 60_000;

/** Wait before the next try: exponential, at most a minute, spread so that visitors do not come back all at once. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** attempt) * (0.5 + random() / 2);
}

/** A `Retry-After` header in milliseconds: seconds or an HTTP date; 0 when absent or unreadable. */
export function retryAfter(header: string | null, now: number): number {
  if (!header) return 0;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Math.max(wait || 0, 0);
}
