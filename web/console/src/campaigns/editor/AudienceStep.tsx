import { NativeSelect, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { AudiencePanel } from "../../segments/AudiencePanel";
import { WholeNumber } from "../../ui/WholeNumber";
import { useFieldError } from "../content/TemplateInput";
import type { Moment } from "../document";
import { ConditionField, OptionalCondition } from "./ConditionField";
import { ConditionWords } from "./ConditionWords";
import { useEditor, useProblems } from "./context";
import { useMomentWords } from "./momentWords";

/** Counting reads the data hub: only when the operator pauses for longer. */
const COUNT_PAUSE_MS = 1_000;
const ANY_PAGE: Json = { type: "context", path: "page.path", op: "starts_with", value: "/" };
const ANYBODY: Json = { type: "visits", op: "gte", value: 2 };

/** What sets it off, at which moment, on which pages, and for whom. */
export function AudienceStep() {
  const { t } = useTranslation();
  const { definition, change, checked } = useEditor();
  const { summaries } = checked;
  return (
    <div className="k-editor-columns">
      <div className="k-stack">
        <Part
          title={t("step.trigger")}
          about={t("trigger.about")}
          reads={<ConditionWords condition={definition.trigger} summary={summaries?.trigger} />}
        >
          <ConditionField
            path="trigger"
            label={t("step.trigger")}
            condition={definition.trigger}
            onChange={(trigger) => change({ trigger })}
          />
        </Part>
        <MomentPart />
        <Part
          title={t("step.page")}
          about={t("page.about")}
          reads={definition.page && <ConditionWords condition={definition.page} summary={summaries?.page} />}
        >
          <OptionalCondition
            path="page"
            label={t("step.page")}
            condition={definition.page}
            onChange={(page) => change({ page })}
            begin={ANY_PAGE}
            none={t("campaign.anyPage")}
            add={t("page.add")}
          />
        </Part>
        <Part
          title={t("step.audience")}
          about={t("audience.about")}
          reads={
            definition.audience && <ConditionWords condition={definition.audience} summary={summaries?.audience} />
          }
        >
          <OptionalCondition
            path="audience"
            label={t("step.audience")}
            condition={definition.audience}
            onChange={(audience) => change({ audience })}
            begin={ANYBODY}
            none={t("condition.everyone")}
            add={t("audience.add")}
          />
        </Part>
      </div>
      <aside className="k-stack k-aside-sticky" aria-label={t("audience.title")}>
        <LiveCount />
      </aside>
    </div>
  );
}

interface PartProps {
  title: string;
  about: string;
  /** How what was chosen reads. */
  reads?: ReactNode;
  children: ReactNode;
}

export function Part({ title, about, reads, children }: PartProps) {
  const id = useId();
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {title}
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        {about}
      </Text>
      {children}
      {reads && (
        <Text size="sm" mt="sm" className="k-reads">
          {reads}
        </Text>
      )}
    </section>
  );
}

const MOMENTS = ["none", "scroll", "visible", "read", "dwell", "exit", "idle"] as const;
type MomentChoice = (typeof MOMENTS)[number];

const BEGIN: Record<MomentChoice, Moment | null> = {
  none: null,
  scroll: { type: "scroll", percent: 50 },
  visible: { type: "visible", selector: "" },
  read: { type: "read" },
  dwell: { type: "dwell", seconds: 30 },
  exit: { type: "exit" },
  idle: { type: "idle", seconds: 20 },
};

/** The moment on the page that it waits for, and how long after. */
function MomentPart() {
  const { t } = useTranslation();
  const { definition, change } = useEditor();
  const momentWords = useMomentWords();
  const { moment = null, delay_seconds: delay = 0 } = definition;
  const selectorError = useFieldError("moment.selector");
  const delayError = useFieldError("delay_seconds");
  return (
    <Part title={t("field.moment")} about={t("moment.about")}>
      <div className="k-moment">
        <NativeSelect
          label={t("moment.choose")}
          value={moment?.type ?? "none"}
          onChange={({ currentTarget }) => change({ moment: BEGIN[currentTarget.value as MomentChoice] })}
          data={MOMENTS.map((value) => ({ value, label: t(`moment.${value}`) }))}
          data-path="moment"
        />
        {moment?.type === "scroll" && (
          <WholeNumber
            label={t("moment.percent")}
            value={moment.percent}
            onChange={(percent) => change({ moment: { ...moment, percent } })}
            min={1}
            max={100}
            suffix="%"
            data-path="moment.percent"
          />
        )}
        {(moment?.type === "dwell" || moment?.type === "idle") && (
          <WholeNumber
            label={t("moment.seconds")}
            value={moment.seconds}
            onChange={(seconds) => change({ moment: { ...moment, seconds } })}
            min={1}
            max={3600}
            data-path="moment.seconds"
          />
        )}
        {moment?.type === "visible" && (
          <TextInput
            label={t("content.selector")}
            placeholder="#price"
            value={moment.selector}
            onChange={({ currentTarget }) => change({ moment: { ...moment, selector: currentTarget.value } })}
            error={selectorError}
            spellCheck={false}
            data-path="moment.selector"
          />
        )}
        <WholeNumber
          label={t("moment.delay")}
          value={delay}
          onChange={(delay_seconds) => change({ delay_seconds })}
          min={0}
          max={3600}
          error={delayError}
          data-path="delay_seconds"
        />
      </div>
      <Text size="sm" mt="sm" className="k-reads">
        {momentWords({ moment, delay_seconds: delay })}
      </Text>
    </Part>
  );
}

/** How many people the audience is, once nothing is wrong with it. */
function LiveCount() {
  const { t } = useTranslation();
  const { definition, checked } = useEditor();
  const faulty = useProblems("audience").length > 0;
  const wanted = definition.audience ? JSON.stringify(definition.audience) : null;
  const [asked] = useDebouncedValue(wanted, COUNT_PAUSE_MS);
  if (wanted === null) {
    return (
      <section className="k-panel k-pad">
        <Title order={2} size="h6">
          {t("audience.title")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("audience.everybody")}
        </Text>
      </section>
    );
  }
  const ready = asked === wanted && checked.current && !faulty;
  return <AudiencePanel condition={ready ? (JSON.parse(wanted) as Json) : null} waiting={!ready && !faulty} />;
}
