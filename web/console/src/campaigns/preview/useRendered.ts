import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { RenderRequest } from "../../api/campaigns";
import { useConsole, useSite } from "../../console";
import { type Editor, useEditor } from "../editor/context";
import type { Action } from "./ActionFrame";
import { sampleOf } from "./expressions";
import { useSampleValues } from "./useSampleValues";

const PAUSE_MS = 400;

export interface RenderedNow {
  action: Action | null;
  problem: string | null;
  pending: boolean;
  error: Error | null;
}

/** What a visitor would get of the variant at hand, asked of the server when the operator pauses. */
export function useRendered(): RenderedNow {
  const { queries } = useConsole();
  const request = useRenderRequest();
  // By what it says: an equal request is the same one.
  const [asked] = useDebouncedValue(JSON.stringify(request), PAUSE_MS);
  const rendered = useQuery({
    ...queries.rendered(useSite(), JSON.parse(asked) as RenderRequest),
    placeholderData: keepPreviousData,
  });
  return {
    action: rendered.data?.action ?? null,
    problem: rendered.data?.problem ?? null,
    pending: asked !== JSON.stringify(request) || rendered.isFetching,
    error: rendered.error,
  };
}

export function useRenderRequest(): RenderRequest {
  const { definition, variant, locale, visitor } = useEditor();
  const values = useSampleValues();
  return {
    definition: onlyShown(definition, variant),
    variant: definition.variants[variant]?.id ?? "a",
    locale,
    ...(visitor.person ? { person: visitor.person.id } : { sample: sampleOf(values) }),
  };
}

/** What is shown, without when and to whom: conditions that are not finished yet keep no preview back. */
function onlyShown({ id, name, variants, variables = {}, utm = false }: Editor["definition"], variant: number) {
  return JSON.parse(
    JSON.stringify({
      id: id || "preview",
      name: name || "preview",
      trigger: { type: "event", name: "page" },
      variants: variants.slice(variant, variant + 1),
      variables,
      utm,
    }),
  ) as RenderRequest["definition"];
}
