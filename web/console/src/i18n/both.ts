import { en } from "./en";
import { ja } from "./ja";

/** A name in each of the console's languages: what is searched for may be typed in either. */
export const inBoth = (key: keyof typeof en & keyof typeof ja): string[] => [ja[key], en[key]];
