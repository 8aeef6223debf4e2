/** What templates are for; one that is not known is shown as it is. */
export const PURPOSES = [
  "commerce",
  "onboarding",
  "saas",
  "lead",
  "support",
  "media",
  "finance",
  "survey",
  "notice",
  "own",
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const isPurpose = (purpose: string): purpose is Purpose => (PURPOSES as readonly string[]).includes(purpose);
