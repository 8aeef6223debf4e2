import { guard } from "./guard";

/** What makes an address another page: a hash counts only when a router lives in it. */
export function pageKey(address: Location | URL): string {
  const route = /^#[!/]/.test(address.hash) ? address.hash : "";
  return address.pathname + address.search + route;
}

/** Call back with the previous address when a single-page app moves to another page. */
export function onPageChange(callback: (previousUrl: string) => void): void {
  let key = pageKey(location);
  let url = location.href;
  const check = guard(() => {
    const previousUrl = url;
    url = location.href;
    if (key === pageKey(location)) return;
    key = pageKey(location);
    callback(previousUrl);
  });

  for (const method of ["pushState", "replaceState"] as const) {
    const original = history[method];
    history[method] = function (this: History, ...args) {
      original.apply(this, args);
      check();
    };
  }
  addEventListener("popstate", check);
  addEventListener("hashchange", check);
}
