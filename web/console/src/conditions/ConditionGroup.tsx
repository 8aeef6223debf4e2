import { Button, Group as Line } from "@mantine/core";
import { IconFolderPlus, IconPlus, IconTrash } from "@tabler/icons-react";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useBuilder } from "./builder";
import { Action, ConditionRow } from "./ConditionRow";
import { emptyLeaf } from "./document";
import { type Group, isGroup, type Join, type Node, newKey } from "./form";
import { Choice } from "./inputs";
import { useMistakeText } from "./mistakeText";

/** Conditions that are asked together: all of them, any of them, none of them. */
export function ConditionGroup({
  group,
  label,
  onRemove,
}: {
  group: Group;
  label: string;
  /** Null for the outermost, which stays. */
  onRemove: (() => void) | null;
}) {
  const { t } = useTranslation();
  const { change, fresh, mistakes, added } = useBuilder();
  const id = useId();
  const mistakeText = useMistakeText();
  const own = mistakes.filter(({ key }) => key === group.key);
  const add = useRef<HTMLButtonElement>(null);
  const update = (of: (nodes: Node[]) => Node[]) =>
    change(group.key, (node) => ({ ...(node as Group), of: of((node as Group).of) }));

  function append(node: Node) {
    update((nodes) => [...nodes, node]);
    added(node.key);
  }

  function remove(key: string) {
    change(key, () => null);
    add.current?.focus();
  }

  const rowLabel = (index: number) => (onRemove ? `${label}.${index + 1}` : t("builder.condition", { n: index + 1 }));
  return (
    <fieldset
      className={onRemove ? "k-group" : "k-group k-group-root"}
      aria-label={label}
      aria-describedby={own.length > 0 ? id : undefined}
    >
      {onRemove && (
        <div className="k-group-head">
          <Choice<Join>
            label={t("builder.join")}
            value={group.join}
            options={(["any", "all", "none"] as const).map((each) => ({ value: each, label: t(`join.${each}`) }))}
            // Said anew, a group is one, whatever it was written as.
            onChange={(join) => change(group.key, (node) => ({ ...(node as Group), join, bare: false }))}
            autoFocus={fresh === group.key}
          />
          <Action label={t("builder.remove", { label })} onClick={onRemove}>
            <IconTrash size={16} stroke={1.6} />
          </Action>
        </div>
      )}
      {group.of.length > 0 && (
        <ol className="k-nodes" data-join={group.join}>
          {group.of.map((node, index) => (
            <li key={node.key}>
              {index > 0 && <span className="k-and">{t(group.join === "all" ? "join.and" : "join.or")}</span>}
              {isGroup(node) ? (
                <ConditionGroup group={node} label={rowLabel(index)} onRemove={() => remove(node.key)} />
              ) : (
                <ConditionRow
                  row={node}
                  label={rowLabel(index)}
                  onCopy={(copy) => {
                    update((nodes) => nodes.toSpliced(index + 1, 0, copy));
                    added(copy.key);
                  }}
                  onRemove={() => remove(node.key)}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {own.length > 0 && (
        <ul id={id} className="k-mistakes">
          {own.map((mistake) => (
            <li key={mistake.message}>{mistakeText(mistake)}</li>
          ))}
        </ul>
      )}
      <Line gap="xs" mt="xs">
        <Button
          ref={add}
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => append({ key: newKey(), leaf: emptyLeaf("statistic") })}
        >
          {t("builder.add")}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconFolderPlus size={14} />}
          onClick={() =>
            append({
              key: newKey(),
              join: group.join === "any" ? "all" : "any",
              of: [{ key: newKey(), leaf: emptyLeaf("statistic") }],
              bare: false,
            })
          }
        >
          {t("builder.addGroup")}
        </Button>
      </Line>
    </fieldset>
  );
}
