import { tabDisk } from "../core/store";

/** What this tab keeps from page to page; undefined where there is nothing, or nowhere to keep it. */
export function kept<T>(name: string): T | undefined {
  try {
    return JSON.parse(tabDisk()?.getItem(`kizuki.${name}`) ?? "") as T;
  } catch {
    return undefined;
  }
}

/** Keep it for the tab's next pages, or forget it; false when it cannot be kept. */
export function keep(name: string, value: unknown): boolean {
  try {
    const disk = tabDisk();
    if (value === undefined) disk?.removeItem(`kizuki.${name}`);
    else disk?.setItem(`kizuki.${name}`, JSON.stringify(value));
    return !!disk;
  } catch {
    return false;
  }
}
