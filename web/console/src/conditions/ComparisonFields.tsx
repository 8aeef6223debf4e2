import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { conditions as en } from "../i18n/en/conditions";
import { type Fields, propertiesOf, useBuilder } from "./builder";
import { type Compared, type Comparison, type EventNames, OPERATORS, type Operator, type Where } from "./document";
import { Choice, PathInput } from "./inputs";
import { Sentence } from "./Sentence";
import { ValueInput } from "./ValueInput";
import { fitted } from "./values";

/** "[path] [op] [value]": the fields that every comparison has. */
export function useComparison<Kind extends Comparison & { type: string }>({
  leaf,
  onChange,
  wrong,
  paths,
  placeholder,
  operators = OPERATORS,
}: {
  leaf: Kind;
  onChange: (leaf: Kind) => void;
  wrong: (field: string) => boolean;
  paths: readonly string[];
  placeholder: string;
  operators?: readonly Operator[];
}) {
  const { t } = useTranslation();
  const op = leaf.op ?? "eq";
  return {
    path: (
      <PathInput
        label={t("builder.path")}
        placeholder={placeholder}
        value={leaf.path}
        onChange={(path) => onChange({ ...leaf, path })}
        options={paths}
        error={wrong("path")}
        {...(leaf.type === "context" && { titleOf: (path: string) => contextTitle(path, t) })}
      />
    ),
    op: (
      <Choice
        label={t("builder.op")}
        value={op}
        options={operators.map((each) => ({ value: each, label: t(`op.${each}`) }))}
        onChange={(next) => onChange({ ...leaf, op: next, value: fitted(leaf.value, next, false) })}
        error={wrong("op")}
      />
    ),
    value: (
      <ValueInput
        op={op}
        value={leaf.value}
        onChange={(value) => onChange({ ...leaf, value })}
        error={wrong("value")}
      />
    ),
  };
}

function contextTitle(path: string, t: TFunction): string | null {
  const key = `context.${path}`;
  return Object.hasOwn(en, key) ? t(key as keyof typeof en) : null;
}

export function ComparisonFields(props: Fields<Compared>) {
  const { t } = useTranslation();
  const { vocabulary } = useBuilder();
  const { type } = props.leaf;
  const paths = {
    property: propertiesOf(vocabulary, null),
    context: vocabulary?.context ?? [],
    trait: vocabulary?.traits ?? [],
    group_trait: vocabulary?.group_traits ?? [],
  }[type];
  const fields = useComparison({ ...props, paths, placeholder: t(`builder.path.${type}`) });
  return <Sentence template={t("row.comparison")} fields={fields} />;
}

/** One condition on the events that a statistic counts. */
export function WhereFields({ event, ...props }: Fields<Where> & { event: EventNames | undefined }) {
  const { t } = useTranslation();
  const { vocabulary } = useBuilder();
  const { type } = props.leaf;
  const paths = type === "context" ? (vocabulary?.context ?? []) : propertiesOf(vocabulary, event);
  const fields = useComparison({ ...props, paths, placeholder: t(`builder.path.${type}`) });
  return (
    <Sentence
      template={t("row.where")}
      fields={{
        ...fields,
        type: (
          <Choice
            label={t("builder.whereOf")}
            value={type}
            options={(["property", "context"] as const).map((each) => ({ value: each, label: t(`what.${each}`) }))}
            onChange={(next) => props.onChange({ ...props.leaf, type: next })}
          />
        ),
      }}
    />
  );
}
