const KEY = "kizuki.site";

export const lastSite = {
  get: () => localStorage.getItem(KEY),
  set: (site: string) => localStorage.setItem(KEY, site),
};
