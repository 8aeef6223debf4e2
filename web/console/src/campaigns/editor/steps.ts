/** The steps of the editor, in their order; `json` shows the whole definition. */
export const STEPS = ["content", "audience", "delivery", "goals", "review"] as const;
export type Step = (typeof STEPS)[number];
export type View = Step | "json";

export const viewFrom = (params: URLSearchParams): View =>
  params.get("step") === "json" ? "json" : (STEPS.find((each) => each === params.get("step")) ?? "content");

const FIELDS: Record<string, Step> = {
  variants: "content",
  variables: "content",
  utm: "content",
  trigger: "audience",
  moment: "audience",
  delay_seconds: "audience",
  page: "audience",
  audience: "audience",
  schedule: "delivery",
  caps: "delivery",
  stop_after: "delivery",
  exclusion_group: "delivery",
  ignore_spacing: "delivery",
  absence: "delivery",
  priority: "delivery",
  goals: "goals",
  control_percent: "goals",
};

/** Where a place in the definition, such as "variants[0].action.content.ja.title", is edited; null: above all steps. */
export function stepOf(path: string): Step | null {
  const [field = ""] = path.split(/[.[]/);
  // Weights are set beside the control group.
  return /^variants\[\d+\]\.weight/.test(path) ? "goals" : (FIELDS[field] ?? null);
}

/** Which variant and language a place belongs to. */
export function placeOf(path: string): { variant: number | null; locale: "ja" | "en" | null } {
  const variant = /^variants\[(\d+)\]/.exec(path)?.[1];
  const locale = /\.content\.(ja|en)\b/.exec(path)?.[1];
  return {
    variant: variant === undefined ? null : Number(variant),
    locale: (locale as "ja" | "en" | undefined) ?? null,
  };
}

/** Whether a place is this one, or inside of it. */
export const within = (path: string, whole: string): boolean =>
  path === whole || path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`);

/** The path whose field stands for a place that has none of its own: the longest that leads towards it. */
export function nearest(paths: readonly string[], wanted: string): string | null {
  const leading = paths.filter((each) => within(wanted, each)).sort((one, other) => other.length - one.length);
  return leading[0] ?? paths.find((each) => within(each, wanted)) ?? null;
}
