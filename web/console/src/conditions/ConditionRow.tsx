import { ActionIcon, Alert, JsonInput, Tooltip } from "@mantine/core";
import { IconCopy, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../api/types";
import { type Fields, useBuilder } from "./builder";
import { ComparisonFields } from "./ComparisonFields";
import { type Leaf, type LeafType, retyped } from "./document";
import { newKey, nodeOf, type Row } from "./form";
import { useMistakeText } from "./mistakeText";
import { EventFields, SegmentFields, SequenceFields, TimeFields, VisitsFields } from "./OtherFields";
import { StatisticFields } from "./StatisticFields";

const WHAT = {
  did: ["statistic", "sequence"],
  person: ["trait", "group_trait", "segment", "visits"],
  now: ["event", "property", "context", "time"],
} as const satisfies Record<string, LeafType[]>;

interface Props {
  row: Row;
  /** "Condition 2 of 3" */
  label: string;
  onCopy: (copy: Row) => void;
  onRemove: () => void;
}

/** One condition: what it speaks of, then a sentence with fields. */
export function ConditionRow({ row, label, onCopy, onRemove }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { change, mistakes } = useBuilder();
  const mistakeText = useMistakeText();
  const own = mistakes.filter(({ key }) => key === row.key);
  const wrong = (field: string) =>
    own.some((mistake) => mistake.field === field || mistake.field.startsWith(`${field}[`));
  const onChange = (leaf: Leaf) => change(row.key, () => ({ key: row.key, leaf }));
  return (
    <fieldset
      className="k-condition"
      aria-label={label}
      aria-describedby={own.length > 0 ? id : undefined}
      data-wrong={own.length > 0}
    >
      <div className="k-condition-body">
        {"leaf" in row ? (
          <>
            <What row={row} />
            <LeafFields leaf={row.leaf} onChange={onChange} wrong={wrong} />
          </>
        ) : (
          <JsonRow json={row.json} onChange={(json) => change(row.key, () => ({ ...nodeOf(json), key: row.key }))} />
        )}
        {own.length > 0 && (
          <ul id={id} className="k-mistakes">
            {[...new Set(own.map(mistakeText))].map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </div>
      <div className="k-condition-actions">
        <Action label={t("builder.copy", { label })} onClick={() => onCopy({ ...structuredClone(row), key: newKey() })}>
          <IconCopy size={16} stroke={1.6} />
        </Action>
        <Action label={t("builder.remove", { label })} onClick={onRemove}>
          <IconTrash size={16} stroke={1.6} />
        </Action>
      </div>
    </fieldset>
  );
}

export function Action({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function What({ row }: { row: { key: string; leaf: Leaf } }) {
  const { t } = useTranslation();
  const { change, fresh } = useBuilder();
  return (
    <select
      className="k-what"
      aria-label={t("builder.what")}
      value={row.leaf.type}
      // biome-ignore lint/a11y/noAutofocus: the row was just added by its operator, who goes on there
      autoFocus={fresh === row.key}
      onChange={({ currentTarget }) =>
        change(row.key, () => ({ key: row.key, leaf: retyped(row.leaf, currentTarget.value as LeafType) }))
      }
    >
      {(["did", "person", "now"] as const).map((group) => (
        <optgroup key={group} label={t(`what.group.${group}`)}>
          {WHAT[group].map((type) => (
            <option key={type} value={type}>
              {t(`what.${type}`)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function LeafFields({ leaf, ...props }: Fields<Leaf>) {
  switch (leaf.type) {
    case "statistic":
      return <StatisticFields leaf={leaf} {...props} />;
    case "sequence":
      return <SequenceFields leaf={leaf} {...props} />;
    case "event":
      return <EventFields leaf={leaf} {...props} />;
    case "visits":
      return <VisitsFields leaf={leaf} {...props} />;
    case "segment":
      return <SegmentFields leaf={leaf} {...props} />;
    case "time":
      return <TimeFields leaf={leaf} {...props} />;
    default:
      return <ComparisonFields key={leaf.type} leaf={leaf} {...props} />;
  }
}

/** What the form has no fields for is written as it is; once it has, the fields appear. */
function JsonRow({ json, onChange }: { json: Json; onChange: (json: Json) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(JSON.stringify(json, null, 2));
  const [broken, setBroken] = useState(false);
  return (
    <Alert variant="light" color="gray" p="xs" title={t("builder.unknown")}>
      <JsonInput
        aria-label="JSON"
        size="xs"
        autosize
        minRows={2}
        value={text}
        error={broken && t("editor.syntax")}
        onChange={(typed) => {
          setText(typed);
          setBroken(false);
        }}
        onBlur={() => {
          try {
            onChange(JSON.parse(text) as Json);
          } catch {
            setBroken(true);
          }
        }}
      />
    </Alert>
  );
}
