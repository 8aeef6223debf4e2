/**
 * JSON of the value as it is: old libraries give strings, numbers and arrays a `toJSON` that writes them twice.
 * Half of a surrogate pair, from text that was cut, is no character: servers may refuse the whole batch for it.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, given) {
    const own = this[key];
    if (typeof own === "string") return own.replace(/\p{Cs}/gu, "\ufffd");
    return typeof own !== "object" || Array.isArray(own) ? own : given;
  });
}
