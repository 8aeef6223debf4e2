/** The address when a browser may go there from here (http, https or relative), else undefined. */
export function safeLink(url: string | null | undefined, schemes = /^https?:$/): string | undefined {
  if (!url) return undefined;
  try {
    const { protocol, href } = new URL(url, location.href);
    return schemes.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
