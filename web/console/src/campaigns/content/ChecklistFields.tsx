import { useTranslation } from "react-i18next";
import { OptionalCondition } from "../editor/ConditionField";
import { EntryList } from "./EntryList";
import { freeId } from "./lists";
import { TitleAndBody } from "./MessageFields";
import { NoteFields } from "./NoteFields";
import { type ContentProps, orNone, saidIn, textOf } from "./said";
import { TemplateInput } from "./TemplateInput";
import { contentWords } from "./words";

const BEGIN = { type: "event" };

/** Things to do; each is done when its condition holds, or when the visitor ticks it. */
export function ChecklistFields(props: ContentProps) {
  const { t } = useTranslation();
  const { action, path, onChange } = props;
  const { said, say, at } = saidIn(props);
  const done = action.done ?? {};
  return (
    <div className="k-form">
      <TitleAndBody said={said} say={say} at={at} />
      <EntryList
        {...props}
        list="items"
        most={20}
        nameOf={(n) => t("content.item", { n })}
        add={t("content.addItem")}
        create={(locale, items) => ({
          id: freeId(
            "item",
            items.map(({ id }) => String(id)),
          ),
          title: contentWords(locale, "item"),
        })}
        onRemoved={(rest, { id }) => {
          const { [String(id)]: _, ...others } = done;
          return { ...rest, done: others };
        }}
      >
        {({ entry, path: of, say: sayEntry }) => {
          const id = String(entry.id);
          return (
            <div className="k-form">
              <TitleAndBody small said={entry} say={sayEntry} at={(field) => `${of}.${field}`} />
              <TemplateInput
                path={`${of}.url`}
                label={t("content.itemUrl")}
                value={textOf(entry, "url")}
                onChange={(url) => sayEntry({ url: orNone(url) })}
                placeholder="/"
              />
              <div>
                <div className="k-field-label">{t("content.done")}</div>
                <OptionalCondition
                  // Another item's condition is another form.
                  key={id}
                  path={`${path}.done.${id}`}
                  label={t("content.doneOf", { item: textOf(entry, "title") })}
                  condition={done[id]}
                  begin={BEGIN}
                  none={t("content.ticked")}
                  add={t("content.addDone")}
                  onChange={(condition) => {
                    const { [id]: _, ...others } = done;
                    onChange({ ...action, done: condition === null ? others : { ...others, [id]: condition } });
                  }}
                />
              </div>
            </div>
          );
        }}
      </EntryList>
      <NoteFields {...props} field="completed" name={t("content.completed")} />
    </div>
  );
}
