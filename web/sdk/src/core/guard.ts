/** Tell the developer, never the page: a tag must not break the site it is on. */
export function warn(...details: unknown[]): void {
  // biome-ignore lint/suspicious/noConsole: the console is the only place a tag can speak in
  console.warn("kizuki:", ...details);
}

/** The same function, whose errors end in a warning. */
export function guard<A extends unknown[]>(run: (...args: A) => unknown): (...args: A) => void {
  return (...args) => {
    try {
      const result = run(...args);
      if (result instanceof Promise) result.catch(warn);
    } catch (error) {
      warn(error);
    }
  };
}
