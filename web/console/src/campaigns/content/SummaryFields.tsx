import { useTranslation } from "react-i18next";
import { EntryList } from "./EntryList";
import { TitleAndBody } from "./MessageFields";
import { SelectorInput } from "./SelectorInput";
import { type ContentProps, orNone, saidIn, textOf } from "./said";
import { TemplateInput } from "./TemplateInput";
import { contentWords } from "./words";

/** What the page says, in points that lead to their places. */
export function SummaryFields(props: ContentProps) {
  const { t } = useTranslation();
  const { said, say, at } = saidIn(props);
  return (
    <div className="k-form">
      <TitleAndBody said={said} say={say} at={at} />
      <EntryList
        {...props}
        list="points"
        most={12}
        nameOf={(n) => t("content.point", { n })}
        add={t("content.addPoint")}
        create={(locale) => ({ text: contentWords(locale, "point") })}
      >
        {({ entry, path, say: sayEntry, set }) => (
          <div className="k-form">
            <TemplateInput
              path={`${path}.text`}
              label={t("content.text")}
              value={textOf(entry, "text")}
              onChange={(text) => sayEntry({ text })}
              long
              required
            />
            <SelectorInput
              path={`${path}.selector`}
              value={textOf(entry, "selector")}
              onChange={(selector) => set({ selector: orNone(selector) })}
              description={t("content.pointSelector")}
            />
          </div>
        )}
      </EntryList>
    </div>
  );
}
