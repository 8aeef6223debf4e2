import type { Question } from "../../action";
import { element } from "../../kit";

export type Answer = number | string | string[];

export interface Field {
  control: HTMLElement;
  /** What has been answered; undefined while nothing has. */
  read(): Answer | undefined;
}

/** The control of a question, with the answer that was given before. */
export function field(question: Question, before: Answer | undefined): Field {
  if (question.kind === "text") return written(before);
  if (question.kind === "nps") return scale(question, before);
  return choice(question, before);
}

function written(before: Answer | undefined): Field {
  const control = element("textarea", "written");
  control.rows = 4;
  control.maxLength = 2000;
  control.value = String(before ?? "");
  control.setAttribute("aria-labelledby", "question");
  return { control, read: () => control.value.trim() || undefined };
}

function scale({ low, high }: Question, before: Answer | undefined): Field {
  const numbers = [...new Array(11).keys()].map((number) =>
    option("radio", String(number), `${number}`, before === number),
  );
  const ends = element("div", "ends", element("span", "", low ?? ""), element("span", "", high ?? ""));
  const cells = element("div", "scale", ...numbers);
  // The ends are part of what each number means.
  for (const [cell, end] of [
    [numbers[0], low],
    [numbers[10], high],
  ] as const) {
    if (end) cell?.querySelector("input")?.setAttribute("aria-label", `${cell.textContent} ${end}`);
  }
  ends.ariaHidden = "true";
  const control = element("div", "", cells, (low || high) && ends);
  return {
    control,
    read() {
      const [checked] = values(control);
      return checked === undefined ? undefined : Number(checked);
    },
  };
}

function choice({ kind, options }: Question, before: Answer | undefined): Field {
  const many = kind === "multi";
  const chosen = [before].flat();
  const rows = (options ?? []).map(({ value, label }) =>
    option(many ? "checkbox" : "radio", value, label, chosen.includes(value)),
  );
  const control = element("div", "choice", ...rows);
  return {
    control,
    read() {
      const checked = values(control);
      return many ? (checked.length ? checked : undefined) : checked[0];
    },
  };
}

function option(type: "radio" | "checkbox", value: string, label: string, checked: boolean): HTMLLabelElement {
  const input = element("input");
  Object.assign(input, { type, name: "answer", value, checked });
  return element("label", "option", input, element("span", "", label));
}

const values = (control: HTMLElement): string[] =>
  [...control.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => value);
