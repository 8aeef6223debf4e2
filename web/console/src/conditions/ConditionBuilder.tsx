import { SegmentedControl, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../api/types";
import { useConsole, useSite } from "../console";
import { BuilderContext } from "./builder";
import { ConditionGroup } from "./ConditionGroup";
import { changed, conditionOf, formOf, type Group } from "./form";
import { useMistakeText } from "./mistakeText";
import type { Mistake } from "./problems";

interface Props {
  form: Group;
  /** Null while what is typed as JSON is none. */
  onChange: (form: Group | null) => void;
  mistakes: readonly Mistake[];
  /** Which segment is being written: it cannot speak of itself. */
  segment: string | null;
  /** What it is a condition for, where there are several. */
  label?: string;
}

/** A condition as rows, or as JSON; each shows at once what was changed in the other. */
export function ConditionBuilder({ form, onChange, mistakes, segment, label }: Props) {
  const { t } = useTranslation();
  const title = label ?? t("builder.title");
  const { queries } = useConsole();
  const site = useSite();
  const mistakeText = useMistakeText();
  const vocabulary = useQuery(queries.vocabulary(site)).data;
  const segments = useQuery(queries.segments(site)).data?.items;
  const [view, setView] = useState<"rows" | "json">("rows");
  const [text, setText] = useState("");
  const [fresh, added] = useState<string | null>(null);
  const builder = useMemo(
    () => ({
      change: (key: string, change: Parameters<typeof changed>[2]) => onChange(changed(form, key, change)),
      mistakes,
      vocabulary,
      segments: segments?.filter(({ id }) => id !== segment) ?? [],
      fresh,
      added,
    }),
    [form, onChange, mistakes, vocabulary, segments, segment, fresh],
  );
  const broken = view === "json" && parsed(text) === undefined;

  function show(next: string) {
    if (next === "json") {
      setText(JSON.stringify(conditionOf(form), null, 2));
    } else {
      added(null);
      onChange(form);
    }
    setView(next === "json" ? "json" : "rows");
  }

  // Where there are several, each is in a part of the page with that name.
  const Frame = label ? "div" : "section";
  return (
    <Frame {...(label ? {} : { className: "k-panel k-pad", "aria-label": title })}>
      <div className="k-builder-head">
        <Text size="sm" c="dimmed">
          {t(label ? "builder.aboutAny" : "builder.about")}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t("builder.view")}
          value={view}
          onChange={show}
          data={[
            { value: "rows", label: t("builder.rows") },
            { value: "json", label: "JSON" },
          ]}
        />
      </div>
      {view === "rows" ? (
        <BuilderContext value={builder}>
          {form.of.length === 0 && !label && (
            <Text size="sm" c="dimmed" mb="xs">
              {t("builder.everyone")}
            </Text>
          )}
          <ConditionGroup group={form} label={title} onRemove={null} />
        </BuilderContext>
      ) : (
        <>
          <Textarea
            label={t("builder.json")}
            value={text}
            autosize
            minRows={14}
            maxRows={30}
            spellCheck={false}
            classNames={{ input: "k-editor" }}
            error={broken && t("editor.syntax")}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
              const condition = parsed(currentTarget.value);
              onChange(condition === undefined ? null : formOf(condition));
            }}
          />
          {mistakes.length > 0 && (
            <ul className="k-mistakes" aria-label={t("builder.mistakes")}>
              {mistakes.map((mistake) => (
                <li key={mistake.path + mistake.message}>
                  <code>{mistake.path}</code> {mistakeText(mistake)}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Frame>
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
