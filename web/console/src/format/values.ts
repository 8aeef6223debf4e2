import type { Json, JsonObject } from "../api/types";
import { regional } from "./locale";

export function number(value: number, language: string): string {
  return new Intl.NumberFormat(regional(language)).format(value);
}

export function percent(part: number, whole: number, language: string): string | null {
  return whole > 0
    ? new Intl.NumberFormat(regional(language), { style: "percent", maximumFractionDigits: 1 }).format(part / whole)
    : null;
}

/** An amount in its currency, or the plain number when the site names none (or one nobody knows). */
export function money(amount: number, currency: Json | undefined, language: string): string {
  if (typeof currency === "string") {
    try {
      return new Intl.NumberFormat(regional(language), {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
      }).format(amount);
    } catch {
      return number(amount, language);
    }
  }
  return number(amount, language);
}

/** One line for a JSON value: text as it is, anything nested as JSON. */
export function inline(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What advertisements add to an address, and only they read. */
const TRACKING = /^(?:utm_\w+|gclid|gbraid|wbraid|fbclid|msclkid|yclid|ttclid|_gl)$/;

/** The path and query of an address, readable: what tells the pages of one site apart. */
export function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url);
    const kept = search
      .slice(1)
      .split("&")
      .filter((part) => part && !TRACKING.test(part.split("=", 1)[0] ?? ""));
    return decodeURI(kept.length > 0 ? `${pathname}?${kept.join("&")}` : pathname);
  } catch {
    return url;
  }
}

export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

export function text(object: JsonObject, ...keys: string[]): string | null {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === "string" && value !== "") {
      return value;
    }
  }
  return null;
}

export function amount(object: JsonObject, ...keys: string[]): number | null {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === "number" && Number.isFinite(value)) {
      return value;
    }
  }
  return null;
}

/** The part of a person's id that people know: `u:` members keep their own id, devices are shortened. */
export function shortId(person: string): string {
  const bare = person.slice(2);
  return person.startsWith("a:") && bare.length > 16 ? `${bare.slice(0, 8)}…` : bare;
}
