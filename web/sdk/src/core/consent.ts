import type { Consent } from "../public";
import type { Config } from "./config";

export type ConsentState = Consent | "pending";

// Outlives a denial on purpose: a refusal that is not remembered would be undone by the next page.
const KEY = "kizuki.consent";

function signalled(): boolean {
  const signals = navigator as Navigator & { globalPrivacyControl?: boolean };
  return signals.globalPrivacyControl === true || navigator.doNotTrack === "1";
}

export const isRefused = (disk: Storage | undefined): boolean => disk?.getItem(KEY) === "denied";

/** What may be done before the site has said anything on this page. */
export function initialConsent(config: Config, disk: Storage | undefined): ConsentState {
  const chosen = disk?.getItem(KEY);
  if (chosen === "granted" || chosen === "denied") return chosen;
  if (config.respectDnt && signalled()) return "denied";
  return config.consentRequired ? "pending" : "granted";
}

export function rememberConsent(choice: Consent, disk: Storage | undefined): void {
  try {
    disk?.setItem(KEY, choice);
  } catch {
    // The site asks again on its next page.
  }
}
