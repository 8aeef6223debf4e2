import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Json, JsonObject } from "../../api/types";
import type { ActionDocument, Locale } from "../document";
import { added, changedEntry, type InEachLanguage, type ListName, listIn, moved, removed } from "./lists";
import type { ContentProps } from "./said";

interface Entry {
  entry: JsonObject;
  index: number;
  /** Where it is in the definition. */
  path: string;
  /** Change words of it, in this language. */
  say: (fields: Record<string, Json | undefined>) => void;
  /** Change what is the same in every language. */
  set: (fields: Record<string, Json | undefined>) => void;
}

interface Props extends ContentProps {
  list: ListName;
  most: number;
  /** What one is called: "Step 2". */
  nameOf: (n: number) => string;
  add: string;
  create: (locale: Locale, entries: readonly JsonObject[]) => JsonObject;
  /** What else of the action changes when an entry goes. */
  onRemoved?: (action: ActionDocument, entry: JsonObject) => ActionDocument;
  children: (entry: Entry) => ReactNode;
}

/** The entries of a list, in every language alike: steps, items, points, questions. */
export function EntryList({ list, most, nameOf, add, create, onRemoved, children, ...props }: Props) {
  const { t } = useTranslation();
  const { action, locale, path, onChange } = props;
  const entries = listIn(action.content[locale], list);
  const write = (content: InEachLanguage) => onChange({ ...action, content });
  return (
    <div className="k-entries">
      <ol>
        {entries.map((entry, index) => {
          const name = nameOf(index + 1);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries of most lists have no identity but their place
            <li key={index}>
              <fieldset className="k-part" aria-label={name}>
                <div className="k-part-head">
                  <span>{name}</span>
                  <span className="k-part-actions">
                    <Act
                      label={t("content.up", { name })}
                      disabled={index === 0}
                      onPress={() => write(moved(action.content, list, locale, index, -1))}
                    >
                      <IconArrowUp size={15} />
                    </Act>
                    <Act
                      label={t("content.down", { name })}
                      disabled={index === entries.length - 1}
                      onPress={() => write(moved(action.content, list, locale, index, 1))}
                    >
                      <IconArrowDown size={15} />
                    </Act>
                    <Act
                      label={t("content.remove", { name })}
                      disabled={entries.length === 1}
                      onPress={() => {
                        const rest = { ...action, content: removed(action.content, list, locale, index) };
                        onChange(onRemoved ? onRemoved(rest, entry) : rest);
                      }}
                    >
                      <IconTrash size={15} />
                    </Act>
                  </span>
                </div>
                {children({
                  entry,
                  index,
                  path: `${path}.content.${locale}.${list}[${index}]`,
                  say: (fields) => write(changedEntry(action.content, list, locale, index, fields)),
                  set: (fields) => write(changedEntry(action.content, list, locale, index, fields, true)),
                })}
              </fieldset>
            </li>
          );
        })}
      </ol>
      {entries.length < most && (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            write(added(action.content, list, locale, (each) => create(each, listIn(action.content[each], list))))
          }
        >
          {add}
        </Button>
      )}
    </div>
  );
}

interface ActProps {
  label: string;
  disabled: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Act({ label, disabled, onPress, children }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} disabled={disabled} onClick={onPress}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
