/** What the browser asks of texts that become code or markup, where the page demands Trusted Types. */
export interface Trusted {
  createScriptURL(url: string): string;
  createHTML(html: string): string;
}

interface Factory {
  createPolicy(name: string, rules: Trusted): Trusted;
}

/** The policy `kizuki`: for the tag's own parts, and for markup that is read, never put into the page as it is. */
export function trust(): Trusted {
  const asItIs = (text: string) => text;
  const rules: Trusted = { createScriptURL: asItIs, createHTML: asItIs };
  try {
    return (window as { trustedTypes?: Factory }).trustedTypes?.createPolicy("kizuki", rules) ?? rules;
  } catch {
    // The page allows no such policy: it may do without Trusted Types all the same.
    return rules;
  }
}
