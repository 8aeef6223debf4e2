import { guard } from "../core/guard";

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  ...children: (Node | string | false | null | undefined)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  created.className = className;
  created.append(...children.filter((child): child is Node | string => !!child));
  return created;
}

export function button(className: string, label: string, onClick: () => void): HTMLButtonElement {
  const created = element("button", className, label);
  created.type = "button";
  listen(created, "click", onClick);
  return created;
}

/** Listen, without letting an error out into the site; the result stops it. */
export function listen<K extends keyof GlobalEventHandlersEventMap>(
  target: EventTarget,
  type: K,
  handler: (event: GlobalEventHandlersEventMap[K]) => unknown,
  options: AddEventListenerOptions = {},
): () => void {
  const guarded = guard(handler) as EventListener;
  target.addEventListener(type, guarded, options);
  return () => target.removeEventListener(type, guarded, options);
}
