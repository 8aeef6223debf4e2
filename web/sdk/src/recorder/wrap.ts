type Methods<T> = { [K in keyof T as T[K] extends (...args: never[]) => unknown ? K : never]: T[K] };

/** Call `before` with what each call of a method is given, and its result to `after`; the result puts the method back. */
export function wrap<T extends object, K extends keyof Methods<T>>(
  object: T,
  name: K,
  see: (self: unknown, args: unknown[], result: unknown) => void,
): () => void {
  const original = object[name] as (...args: unknown[]) => unknown;
  let watching = true;
  function wrapped(this: unknown, ...args: unknown[]): unknown {
    const result = original.apply(this, args);
    if (watching) {
      try {
        see(this, args, result);
      } catch {
        // What is seen here is never the page's concern.
      }
    }
    return result;
  }
  object[name] = wrapped as T[K];
  return () => {
    watching = false;
    // Unless somebody has wrapped it since.
    if (object[name] === (wrapped as T[K])) object[name] = original as T[K];
  };
}
