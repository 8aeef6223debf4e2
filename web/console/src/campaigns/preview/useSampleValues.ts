import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { useEditor } from "../editor/context";
import { pathsIn, type SampleValues, withExamples } from "./expressions";

/** Values that a sample visitor has, whatever the content asks for. */
const ALWAYS = ["cart.total", "traits.name", "visits"];

/** The sample visitor: every value that the content asks for, as it was chosen or as an example. */
export function useSampleValues(): SampleValues {
  const { t } = useTranslation();
  const { definition, variant, visitor } = useEditor();
  const content = definition.variants[variant]?.action.content as Json | undefined;
  const asked = pathsIn(content ?? null);
  return withExamples(
    [...new Set([...asked, ...ALWAYS])],
    visitor.values,
    t("sample.name"),
    new Date().toISOString().slice(0, 10),
  );
}
