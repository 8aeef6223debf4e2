import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Campaign, Sample } from "../../api/campaigns";
import { ApiError } from "../../api/client";
import { LeaveDialog, useLeaveBlocker } from "../../ui/leaving";
import { SaveFailure } from "../../ui/SaveFailure";
import { useErrorText } from "../../ui/states";
import { type Definition, LOCALES, type Locale } from "../document";
import { valuesOf } from "../preview/expressions";
import { AudienceStep } from "./AudienceStep";
import { ContentStep } from "./ContentStep";
import { type Editor, EditorContext, type Visitor } from "./context";
import { DefinitionEditor } from "./DefinitionEditor";
import { DeliveryStep } from "./DeliveryStep";
import { GoalsStep } from "./GoalsStep";
import { Names } from "./Names";
import { useProblemText } from "./problemText";
import { ReviewStep } from "./ReviewStep";
import { SaveBar } from "./SaveBar";
import { Stepper } from "./Stepper";
import { nearest, placeOf, stepOf, type View, viewFrom } from "./steps";
import { useCampaignDraft } from "./useCampaignDraft";
import { useCheckedCampaign } from "./useCheckedCampaign";

interface Props {
  /** Null for a new one. */
  campaign: Campaign | null;
  first: Definition;
  sample?: Sample | undefined;
  onSaved: (saved: Campaign, published: boolean) => void;
}

/** Write a campaign in five steps; every step shows what is wrong with it, and the last one the whole. */
export function CampaignEditor({ campaign, first, sample, onSaved }: Props) {
  const { t, i18n } = useTranslation();
  const explain = useExplanation();
  const allowed = useRef(false);
  const [params, setParams] = useSearchParams();
  const view = viewFrom(params);
  const draft = useCampaignDraft(campaign, first, (saved, { publish }) => {
    allowed.current = campaign === null || publish;
    onSaved(saved, publish);
  });
  const blocker = useLeaveBlocker(draft.dirty, allowed, true);
  const checked = useCheckedCampaign(draft.definition);
  const [variant, setVariant] = useState(0);
  const [locale, setLocale] = useState<Locale>(() => firstLocale(first, i18n.language));
  const [visitor, setVisitor] = useState<Visitor>({ values: valuesOf(sample), person: null });
  const { definition, change, setBroken, generation } = draft;
  const chosen = Math.min(variant, definition.variants.length - 1);

  const editor: Editor = useMemo(
    () => ({
      definition,
      change,
      checked,
      setBroken,
      variant: chosen,
      setVariant,
      locale,
      setLocale,
      visitor,
      setVisitor,
    }),
    [definition, change, checked, setBroken, chosen, locale, visitor],
  );

  const show = (step: View) =>
    setParams((before) => {
      before.set("step", step);
      return before;
    });
  const jump = useJump(view, (path) => {
    const { variant: of, locale: said } = placeOf(path);
    if (of !== null) {
      setVariant(of);
    }
    if (said) {
      setLocale(said);
    }
    const step = stepOf(path) ?? view;
    if (step !== view) {
      show(step);
    }
    return step;
  });

  return (
    <EditorContext value={editor}>
      <div className="k-campaign-editor">
        <Names isNew={campaign === null} draft={draft} />
        <Stepper view={view} />
        <div key={`${generation} ${view}`}>
          {view === "content" && <ContentStep />}
          {view === "audience" && <AudienceStep />}
          {view === "delivery" && <DeliveryStep />}
          {view === "goals" && <GoalsStep />}
          {view === "review" && <ReviewStep onJump={jump} onStep={show} />}
          {view === "json" && <DefinitionEditor onChange={draft.replace} />}
        </div>
        <SaveFailure
          error={draft.error}
          conflict={t("editor.conflict")}
          explain={explain}
          onTakeTheirs={() => void draft.reload()}
          onKeepMine={() => void draft.submit({ publish: false, overwrite: true })}
        />
        <SaveBar draft={draft} view={view} onStep={show} />
      </div>
      <LeaveDialog blocker={blocker} />
    </EditorContext>
  );
}

/** What is wrong in a refused campaign is said as beside its field; all else as everywhere. */
function useExplanation(): (error: Error) => string {
  const problemText = useProblemText();
  const errorText = useErrorText();
  return (error) =>
    error instanceof ApiError && error.code === "invalid_campaign" && error.path
      ? problemText({ path: error.path, message: error.message })
      : errorText(error);
}

function firstLocale({ variants }: Definition, language: string): Locale {
  const content = variants[0]?.action.content ?? {};
  return LOCALES.find((each) => each === language && content[each]) ?? LOCALES.find((each) => content[each]) ?? "ja";
}

/** Lead to the field of a place: `prepare` shows the step that has it and says which, then the keyboard goes there. */
function useJump(view: View, prepare: (path: string) => View): (path: string) => void {
  const [wanted, setWanted] = useState<{ path: string; view: View } | null>(null);
  useEffect(() => {
    if (wanted?.view !== view) {
      return;
    }
    // Once the step is drawn, with tabs and conditions in it.
    const drawn = requestAnimationFrame(() => {
      focusOn(wanted.path);
      setWanted(null);
    });
    return () => cancelAnimationFrame(drawn);
  }, [wanted, view]);
  return (path) => setWanted({ path, view: prepare(path) });
}

function focusOn(wanted: string): void {
  const fields = [...document.querySelectorAll<HTMLElement>("[data-path]")];
  const path = nearest(
    fields.map((field) => field.dataset.path ?? ""),
    wanted,
  );
  const field = fields.find((each) => each.dataset.path === path);
  const target = field?.matches("input, select, textarea, [tabindex]")
    ? field
    : field?.querySelector<HTMLElement>("[aria-invalid=true], input, select, textarea, [tabindex='0'], button");
  target?.focus({ preventScroll: true });
  (target ?? field)?.scrollIntoView({ block: "center" });
}
