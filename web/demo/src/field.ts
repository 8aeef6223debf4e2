import { el } from "./dom";

interface Field {
  name: string;
  label: string;
  type?: string;
  autocomplete: string;
  value?: string;
  inputmode?: string;
}

/** A labelled, required field. */
export function field({
  name,
  label,
  type = "text",
  autocomplete,
  value = "",
  inputmode = "text",
}: Field): HTMLElement {
  return el(
    "label",
    { class: "field" },
    el("span", {}, label),
    el("input", { name, type, autocomplete, inputmode, value, required: true }),
  );
}
