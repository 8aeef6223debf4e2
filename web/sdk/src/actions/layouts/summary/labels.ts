import type { Catalogue } from "../../kit";

export const LABELS: Catalogue<{ launcher: string }> = {
  ja: { launcher: "このページの要点" },
  en: { launcher: "Key points of this page" },
};
