import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EntryList } from "./EntryList";
import { ImageFields, TitleAndBody } from "./MessageFields";
import { SelectorInput } from "./SelectorInput";
import { type ContentProps, orNone, textOf } from "./said";
import { TemplateInput } from "./TemplateInput";
import { contentWords } from "./words";

export function TourFields(props: ContentProps) {
  const { t } = useTranslation();
  return (
    <EntryList
      {...props}
      list="steps"
      most={20}
      nameOf={(n) => t("content.step", { n })}
      add={t("content.addStep")}
      create={(locale) => ({ title: contentWords(locale, "step"), advance: "next" })}
    >
      {({ entry, path, say, set }) => (
        <div className="k-form">
          <TitleAndBody small said={entry} say={say} at={(field) => `${path}.${field}`} />
          <ImageFields said={entry} say={say} at={(field) => `${path}.${field}`} />
          <div className="k-two">
            <SelectorInput
              path={`${path}.selector`}
              value={textOf(entry, "selector")}
              onChange={(selector) => set({ selector: orNone(selector) })}
              description={t("content.stepSelector")}
            />
            <TemplateInput
              path={`${path}.url`}
              label={t("content.stepUrl")}
              description={t("content.stepUrlAbout")}
              value={textOf(entry, "url")}
              onChange={(url) => say({ url: orNone(url) })}
              placeholder="/"
            />
          </div>
          <NativeSelect
            label={t("content.advance")}
            value={textOf(entry, "advance") || "next"}
            onChange={({ currentTarget }) => set({ advance: currentTarget.value })}
            data={(["next", "click"] as const).map((value) => ({ value, label: t(`advance.${value}`) }))}
          />
        </div>
      )}
    </EntryList>
  );
}
