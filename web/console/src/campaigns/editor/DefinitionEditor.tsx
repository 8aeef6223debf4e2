import { Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { type Definition, definitionOf } from "../document";
import { useEditor } from "./context";
import { useProblemText } from "./problemText";

const WHOLE = "$";

/** The whole definition as JSON: what is changed here shows in the steps at once, as far as they can read it. */
export function DefinitionEditor({ onChange }: { onChange: (definition: Definition) => void }) {
  const { t } = useTranslation();
  const { definition, checked, setBroken } = useEditor();
  const problemText = useProblemText();
  const [text, setText] = useState(() => JSON.stringify(definition, null, 2));
  const state = read(text);
  // What was typed goes with the field.
  useEffect(() => () => setBroken(WHOLE, false), [setBroken]);

  function write(typed: string) {
    setText(typed);
    const next = read(typed);
    setBroken(WHOLE, next.definition === null);
    if (next.definition) {
      // The id is chosen once: above the steps.
      onChange({ ...next.definition, id: definition.id });
    }
  }

  return (
    <section className="k-panel k-pad">
      <Textarea
        label={t("editor.json")}
        description={t("editor.jsonAbout")}
        value={text}
        onChange={({ currentTarget }) => write(currentTarget.value)}
        autosize
        minRows={20}
        maxRows={40}
        spellCheck={false}
        classNames={{ input: "k-editor" }}
        error={state.error && t(state.error)}
      />
      {checked.problems.length > 0 && (
        <ul className="k-mistakes" aria-label={t("builder.mistakes")}>
          {checked.problems.map((problem) => (
            <li key={problem.path + problem.message}>
              <code>{problem.path}</code> {problemText(problem)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function read(text: string): { definition: Definition | null; error: "editor.syntax" | "editor.unreadable" | null } {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return { definition: null, error: "editor.syntax" };
  }
  const definition = definitionOf(json);
  return { definition, error: definition ? null : "editor.unreadable" };
}
