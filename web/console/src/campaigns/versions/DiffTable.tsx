import { Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { type Difference, differences } from "./diff";

/** Fields that people know by other words than the document's. */
const FIELDS = [
  "name",
  "trigger",
  "moment",
  "delay_seconds",
  "page",
  "audience",
  "schedule",
  "start",
  "end",
  "weekdays",
  "since",
  "until",
  "control_percent",
  "variants",
  "weight",
  "action",
  "content",
  "variables",
  "utm",
  "caps",
  "per_visit",
  "per_day",
  "per_days",
  "ever",
  "min_seconds",
  "total",
  "stop_after",
  "exclusion_group",
  "ignore_spacing",
  "priority",
  "goals",
  "when",
  "window",
  "title",
  "body",
  "button",
  "label",
  "url",
  "image",
  "placement",
  "selector",
  "steps",
  "items",
  "points",
  "questions",
  "ja",
  "en",
] as const;
type Field = (typeof FIELDS)[number];

function fieldName(step: string | number, t: TFunction): string {
  if (typeof step === "number") {
    return t("field.nth", { n: step + 1 });
  }
  return (FIELDS as readonly string[]).includes(step) ? t(`field.${step as Field}`) : step;
}

/** What differs, one field a row: where it is, what it was, what it is. */
export function DiffTable({ before, after }: { before: Json; after: Json }) {
  const { t } = useTranslation();
  const found = differences(before, after);
  if (found.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t("versions.same")}
      </Text>
    );
  }
  return (
    <table className="k-diff">
      <thead>
        <tr>
          <th scope="col">{t("versions.field")}</th>
          <th scope="col">{t("versions.before")}</th>
          <th scope="col">{t("versions.after")}</th>
        </tr>
      </thead>
      <tbody>
        {found.map((difference) => (
          <DiffRow key={difference.path.join(".")} difference={difference} />
        ))}
      </tbody>
    </table>
  );
}

function DiffRow({ difference: { path, before, after } }: { difference: Difference }) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">{path.map((step) => fieldName(step, t)).join(" › ")}</th>
      <td data-label={t("versions.before")}>
        <Written value={before} kind="del" />
      </td>
      <td data-label={t("versions.after")}>
        <Written value={after} kind="ins" />
      </td>
    </tr>
  );
}

function Written({ value, kind: Kind }: { value: Json | undefined; kind: "del" | "ins" }) {
  const { t } = useTranslation();
  if (value === undefined) {
    return <span className="k-dim">{t("fields.none")}</span>;
  }
  if (value === null || typeof value !== "object") {
    return <Kind className="k-anywhere">{value === null ? t("fields.none") : String(value)}</Kind>;
  }
  return (
    <Kind>
      <pre>{JSON.stringify(value, null, 2)}</pre>
    </Kind>
  );
}
