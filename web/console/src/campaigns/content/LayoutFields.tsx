import "./content.css";
import type { ComponentType } from "react";
import type { Layout } from "../document";
import { ChecklistFields } from "./ChecklistFields";
import { MessageFields } from "./MessageFields";
import { NotifyFields, RedirectFields, ScriptFields } from "./OtherFields";
import { SummaryFields } from "./SummaryFields";
import { SurveyFields } from "./SurveyFields";
import type { ContentProps } from "./said";
import { TourFields } from "./TourFields";

const FIELDS: Record<Layout, ComponentType<ContentProps>> = {
  popup: MessageFields,
  "slide-in": MessageFields,
  bar: MessageFields,
  embed: MessageFields,
  tooltip: MessageFields,
  video: MessageFields,
  tour: TourFields,
  checklist: ChecklistFields,
  summary: SummaryFields,
  survey: SurveyFields,
  script: ScriptFields,
  redirect: RedirectFields,
  notify: NotifyFields,
};

/** The fields of the content of each layout, in one language. */
export function LayoutFields(props: ContentProps) {
  const Fields = FIELDS[props.action.type];
  return <Fields {...props} />;
}
