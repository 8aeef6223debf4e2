import { Alert, Button, List, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { percent } from "../../format/values";
import { SummaryText } from "../../ui/SummaryText";
import { useErrorText } from "../../ui/states";
import { When } from "../../ui/When";
import { LOCALES } from "../document";
import { ConditionWords } from "./ConditionWords";
import { useEditor } from "./context";
import { useDeliveryWords } from "./deliveryWords";
import { useMomentWords } from "./momentWords";
import { useProblemText } from "./problemText";
import { type Step, stepOf } from "./steps";

interface Props {
  /** Lead to the field of a place in the definition. */
  onJump: (path: string) => void;
  onStep: (step: Step) => void;
}

/** The whole campaign once more before it goes live: in one sentence, what is wrong, and step by step. */
export function ReviewStep({ onJump, onStep }: Props) {
  const { t } = useTranslation();
  const { checked } = useEditor();
  const id = useId();
  const errorText = useErrorText();
  return (
    <div className="k-stack k-narrow">
      <section className="k-panel k-pad" aria-labelledby={id}>
        <Title order={2} size="h6" mb={6} id={id}>
          {t("review.sentence")}
        </Title>
        <Text component="p" m={0} className="k-answer" data-old={!checked.current} aria-live="polite">
          {checked.sentence ? <SummaryText summary={checked.sentence} /> : t("review.unfinished")}
        </Text>
        {checked.error && (
          <Text size="sm" c="red" role="alert">
            {errorText(checked.error)}
          </Text>
        )}
      </section>
      <Problems onJump={onJump} />
      <Summary onStep={onStep} />
    </div>
  );
}

function Problems({ onJump }: Pick<Props, "onJump">) {
  const { t } = useTranslation();
  const { checked } = useEditor();
  const problemText = useProblemText();
  if (checked.problems.length === 0) {
    return checked.current ? (
      <Alert color="teal" variant="light" icon={<IconCircleCheck size={18} />} role="status">
        {t("review.fine")}
      </Alert>
    ) : null;
  }
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t("review.problems", { count: checked.problems.length })}
    >
      <ul className="k-plainlist k-review-problems">
        {checked.problems.map((problem) => {
          const step = stepOf(problem.path);
          return (
            <li key={problem.path + problem.message}>
              <button type="button" className="k-fault" onClick={() => onJump(problem.path)}>
                <strong>{t(step ? `editor.step.${step}` : "editor.names")}</strong>
                {" › "}
                {problemText(problem)}
              </button>{" "}
              <code>{problem.path}</code>
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}

/** What was chosen on each step. */
function Summary({ onStep }: Pick<Props, "onStep">) {
  const { t, i18n } = useTranslation();
  const { definition, checked } = useEditor();
  const momentWords = useMomentWords();
  const { capsWords, hoursWords, stopWords, windowWords } = useDeliveryWords();
  const { summaries } = checked;
  const { schedule, variants, control_percent: control = 0, goals = [] } = definition;
  return (
    <>
      <StepSummary step="content" onStep={onStep}>
        {variants.map(({ id, name, action }) => (
          <List.Item key={id}>
            {t("campaign.variant", { id })}
            {name && ` · ${name}`}: {t(`layout.${action.type}`)} (
            {LOCALES.filter((locale) => action.content[locale])
              .map((locale) => t(`locale.${locale}`))
              .join(t("list.and"))}
            )
          </List.Item>
        ))}
      </StepSummary>
      <StepSummary step="audience" onStep={onStep}>
        <List.Item>
          {t("step.trigger")}: <ConditionWords condition={definition.trigger} summary={summaries?.trigger} />
        </List.Item>
        <List.Item>
          {t("field.moment")}: {momentWords(definition)}
        </List.Item>
        <List.Item>
          {t("step.page")}:{" "}
          {definition.page ? (
            <ConditionWords condition={definition.page} summary={summaries?.page} />
          ) : (
            t("campaign.anyPage")
          )}
        </List.Item>
        <List.Item>
          {t("step.audience")}:{" "}
          {definition.audience ? (
            <ConditionWords condition={definition.audience} summary={summaries?.audience} />
          ) : (
            t("condition.everyone")
          )}
        </List.Item>
      </StepSummary>
      <StepSummary step="delivery" onStep={onStep}>
        <List.Item>
          {t("step.schedule")}:{" "}
          {schedule?.start || schedule?.end ? (
            <>
              {schedule.start ? <When at={schedule.start} mode="both" /> : t("campaign.now")} –{" "}
              {schedule.end ? <When at={schedule.end} mode="both" /> : t("campaign.noEnd")}
            </>
          ) : (
            t("campaign.always")
          )}
        </List.Item>
        <List.Item>{hoursWords(schedule) ?? t("schedule.anyTime")}</List.Item>
        <List.Item>{capsWords(definition.caps)}</List.Item>
        {stopWords(definition.stop_after) && <List.Item>{stopWords(definition.stop_after)}</List.Item>}
      </StepSummary>
      <StepSummary step="goals" onStep={onStep}>
        {goals.length === 0 && <List.Item>{t("review.noGoal")}</List.Item>}
        {goals.map((goal, n) => (
          <List.Item key={goal.id}>
            {goal.name}
            {n === 0 && goals.length > 1 && ` (${t("campaign.mainGoal")})`}: {windowWords(goal.window)}
          </List.Item>
        ))}
        <List.Item>
          {t("step.control")}:{" "}
          {control > 0
            ? t("campaign.control", { percent: percent(control, 100, i18n.language) })
            : t("campaign.noControl")}
        </List.Item>
      </StepSummary>
    </>
  );
}

interface StepSummaryProps extends Pick<Props, "onStep"> {
  step: Step;
  children: ReactNode;
}

function StepSummary({ step, onStep, children }: StepSummaryProps) {
  const { t } = useTranslation();
  const { checked } = useEditor();
  const id = useId();
  const wrong = checked.problems.some(({ path }) => stepOf(path) === step);
  return (
    <section className="k-panel k-pad k-step-summary" aria-labelledby={id} data-wrong={wrong}>
      <div className="k-part-head">
        <Title order={2} size="h6" id={id}>
          {t(`editor.step.${step}`)}
        </Title>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => onStep(step)}
          aria-label={t("review.change", { step: t(`editor.step.${step}`) })}
        >
          {t("review.changeShort")}
        </Button>
      </div>
      <List size="sm" spacing={2}>
        {children}
      </List>
    </section>
  );
}
