const V4 = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";

/** A random UUID (v4), on plain http pages too, where `crypto.randomUUID` is missing. */
export function uuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return V4.replace(/[xy]/g, (digit) => {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (digit === "x" ? byte & 15 : (byte & 3) | 8).toString(16);
  });
}
