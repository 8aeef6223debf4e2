import { TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Operator, Scalar, Value } from "./document";
import { Choice, NumberField } from "./inputs";
import { converted, type Kind, kindOf, kindsFor, read, takesList, takesNothing, written } from "./values";

interface Props {
  op: Operator;
  numeric?: boolean;
  value: Value | undefined;
  onChange: (value: Value) => void;
  error?: boolean;
}

/** What is compared with, and whether it is a text, a number or yes or no. */
export function ValueInput({ op, numeric = false, value, onChange, error = false }: Props) {
  const { t } = useTranslation();
  const kinds = kindsFor(op, numeric);
  const [chosen, choose] = useState<Kind>();
  const kind = kindOf(value) ?? (chosen && kinds.includes(chosen) ? chosen : (kinds[0] as Kind));
  if (takesNothing(op)) {
    return null;
  }
  const choices: Kind[] = kinds.length > 1 || !kinds.includes(kind) ? [...new Set([...kinds, kind])] : [];
  return (
    <>
      {takesList(op) || Array.isArray(value) ? (
        <Values kind={kind} value={value} onChange={onChange} error={error} />
      ) : (
        <One kind={kind} value={value as Scalar | null | undefined} onChange={onChange} error={error} />
      )}
      {choices.length > 0 && (
        <Choice
          label={t("builder.kind")}
          value={kind}
          options={choices.map((each) => ({ value: each, label: t(`kind.${each}`) }))}
          onChange={(next) => {
            choose(next);
            onChange(converted(value, next));
          }}
        />
      )}
    </>
  );
}

interface Typed<Held> {
  kind: Kind;
  value: Held;
  onChange: (value: Value) => void;
  error: boolean;
}

function Values({ kind, value, onChange, error }: Typed<Value | undefined>) {
  const { t } = useTranslation();
  const list = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return (
    <TagsInput
      size="xs"
      className="k-input k-input-wide"
      aria-label={t("builder.values")}
      placeholder={list.length > 0 ? "" : t("builder.valuesHint")}
      value={list.map((each) => written(each, kind))}
      error={error}
      onChange={(typed) => onChange(typed.flatMap((each) => read(each, kind) ?? []))}
      acceptValueOnBlur
      splitChars={[",", "、"]}
    />
  );
}

function One({ kind, value, onChange, error }: Typed<Scalar | null | undefined>) {
  const { t } = useTranslation();
  if (kind === "boolean") {
    return (
      <Choice
        label={t("builder.value")}
        value={value === null || value === undefined ? "" : String(value)}
        options={["", "true", "false"].map((each) => ({
          value: each,
          label: each === "" ? t("builder.choose") : t(each === "true" ? "value.true" : "value.false"),
        }))}
        onChange={(chosen) => onChange(read(chosen, kind))}
        error={error}
      />
    );
  }
  if (kind === "number") {
    return (
      <NumberField
        label={t("builder.value")}
        value={typeof value === "number" ? value : null}
        onChange={onChange}
        error={error}
      />
    );
  }
  return (
    <TextInput
      size="xs"
      className="k-input"
      aria-label={t("builder.value")}
      placeholder={t("builder.value")}
      value={value === null || value === undefined ? "" : String(value)}
      error={error}
      autoComplete="off"
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? null : currentTarget.value)}
    />
  );
}
