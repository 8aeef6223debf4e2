import type { ExplainedRule, RuleKind } from "../api/types";

export type Order = "failing" | "holding";

interface Wanted {
  search: string;
  kind: RuleKind | "all";
  order: Order;
}

/** The rules that are looked for; those that failed, or those that held, come first. */
export function found(rules: readonly ExplainedRule[], { search, kind, order }: Wanted): ExplainedRule[] {
  const text = search.trim().toLowerCase();
  return rules
    .filter((rule) => kind === "all" || rule.kind === kind)
    .filter(({ name, id }) => name.toLowerCase().includes(text) || id.includes(text))
    .sort((a, b) => (order === "holding" ? Number(b.holds) - Number(a.holds) : Number(a.holds) - Number(b.holds)));
}
