import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Json, Vocabulary } from "../../api/types";
import { useConsole, useSite } from "../../console";
import { useEditor } from "../editor/context";

export interface Group {
  name: string;
  paths: string[];
}

/** What templates can be filled with on this site, as paths, in groups. */
export function useVariables(): Group[] {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const { definition } = useEditor();
  const vocabulary = useQuery(queries.vocabulary(useSite())).data;
  const properties = propertiesFor(vocabulary, eventsIn(definition.trigger));
  const cart = properties.filter((path) => path.startsWith("cart."));
  return [
    {
      name: t("variable.statistics"),
      paths: Object.keys(definition.variables ?? {}).map((name) => `variables.${name}`),
    },
    { name: t("variable.cart"), paths: [...new Set(["cart.total", ...cart])] },
    { name: t("variable.traits"), paths: (vocabulary?.traits ?? []).map((path) => `traits.${path}`) },
    {
      name: t("variable.properties"),
      paths: properties.filter((path) => !path.startsWith("cart.")).map((path) => `properties.${path}`),
    },
    { name: t("variable.visit"), paths: ["visits"] },
  ].filter(({ paths }) => paths.length > 0);
}

/** The names of events that a condition speaks of. */
export function eventsIn(condition: Json): string[] {
  if (condition === null || typeof condition !== "object") {
    return [];
  }
  if (!Array.isArray(condition) && condition.type === "event") {
    const { name } = condition;
    return Array.isArray(name) ? name.map(String) : typeof name === "string" ? [name] : [];
  }
  return Object.values(condition).flatMap(eventsIn);
}

/** Properties of these events that have one value, which an expression can name. */
function propertiesFor(vocabulary: Vocabulary | undefined, events: readonly string[]): string[] {
  const told = vocabulary?.events.filter(({ name }) => events.length === 0 || events.includes(name)) ?? [];
  const paths = told
    .flatMap(({ properties }) => properties)
    .filter((path) => /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(path));
  return [...new Set(paths)].sort();
}
