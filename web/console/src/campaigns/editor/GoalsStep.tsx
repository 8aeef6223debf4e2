import { Button, NativeSelect, Slider, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { percent } from "../../format/values";
import { WholeNumber } from "../../ui/WholeNumber";
import { freeId } from "../content/lists";
import { useFieldError } from "../content/TemplateInput";
import type { Goal } from "../document";
import { armColor, CONTROL } from "../results/arms";
import { useArmName } from "../results/useArmName";
import { Part } from "./AudienceStep";
import { ConditionField } from "./ConditionField";
import { useEditor } from "./context";
import { useDeliveryWords } from "./deliveryWords";

const MOST = 20;
const BEGIN = { type: "event", name: "Order Completed" };

/** What it is for, and how that is measured. */
export function GoalsStep() {
  return (
    <div className="k-stack k-narrow">
      <GoalsPart />
      <SplitPart />
    </div>
  );
}

function GoalsPart() {
  const { t } = useTranslation();
  const { definition, change } = useEditor();
  const goals = definition.goals ?? [];
  const write = (next: Goal[]) => change({ goals: next });
  return (
    <Part title={t("campaign.goals")} about={t("goals.about")}>
      <ol className="k-goals" data-path="goals">
        {goals.map((goal, index) => (
          <li key={goal.id}>
            <GoalFields
              goal={goal}
              index={index}
              onChange={(next) => write(goals.with(index, next))}
              onRemove={() => write(goals.toSpliced(index, 1))}
              onFirst={() => write([goal, ...goals.toSpliced(index, 1)])}
            />
          </li>
        ))}
      </ol>
      {goals.length < MOST && (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            const id = freeId(
              "goal",
              goals.map((goal) => goal.id),
            );
            write([
              ...goals,
              { id, name: t("goals.begin", { n: goals.length + 1 }), when: BEGIN, window: { hours: 24 } },
            ]);
          }}
        >
          {t("goals.add")}
        </Button>
      )}
    </Part>
  );
}

interface GoalProps {
  goal: Goal;
  index: number;
  onChange: (goal: Goal) => void;
  onRemove: () => void;
  /** Make it the main one. */
  onFirst: () => void;
}

function GoalFields({ goal, index, onChange, onRemove, onFirst }: GoalProps) {
  const { t } = useTranslation();
  const { windowWords } = useDeliveryWords();
  const path = `goals[${index}]`;
  const nameError = useFieldError(`${path}.name`);
  const windowError = useFieldError(`${path}.window`);
  const window = goal.window ?? { hours: 24 };
  const hours = window === "visit" ? null : window.hours;
  const label = t("goals.nth", { n: index + 1 });
  return (
    <fieldset className="k-part" aria-label={label}>
      <div className="k-part-head">
        <span>
          {label}
          {index === 0 && <span className="k-dim"> · {t("campaign.mainGoal")}</span>}
        </span>
        <span className="k-part-actions">
          {index > 0 && (
            <Button size="compact-xs" variant="subtle" onClick={onFirst}>
              {t("goals.first")}
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={13} />}
            aria-label={t("content.remove", { name: label })}
            onClick={onRemove}
          >
            {t("content.removeShort")}
          </Button>
        </span>
      </div>
      <div className="k-form">
        <div className="k-goal-head">
          <TextInput
            label={t("goals.name")}
            value={goal.name}
            onChange={({ currentTarget }) => onChange({ ...goal, name: currentTarget.value })}
            error={nameError}
            data-path={`${path}.name`}
            required
          />
          <div className="k-goal-window">
            <NativeSelect
              label={t("goals.window")}
              value={window === "visit" ? "visit" : "hours"}
              onChange={({ currentTarget }) =>
                onChange({ ...goal, window: currentTarget.value === "visit" ? "visit" : { hours: 24 } })
              }
              data={[
                { value: "hours", label: t("goals.hours") },
                { value: "visit", label: t("goals.visit") },
              ]}
            />
            {hours !== null && (
              <WholeNumber
                label={t("goals.hoursLabel")}
                description={hours >= 48 ? windowWords({ hours }) : undefined}
                value={hours}
                onChange={(next) => onChange({ ...goal, window: { hours: next } })}
                min={1}
                max={2160}
                error={windowError}
                data-path={`${path}.window`}
              />
            )}
          </div>
        </div>
        <ConditionField
          path={`${path}.when`}
          label={t("goals.when", { n: index + 1 })}
          condition={goal.when}
          onChange={(when) => onChange({ ...goal, when })}
        />
      </div>
    </fieldset>
  );
}

/** The control group and the weights of the variants, and what they come to. */
function SplitPart() {
  const { t, i18n } = useTranslation();
  const { definition, change } = useEditor();
  const armName = useArmName();
  const control = definition.control_percent ?? 0;
  const { variants } = definition;
  const total = variants.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const arms = [
    ...(control > 0 ? [{ id: CONTROL, share: control / 100 }] : []),
    ...variants.map(({ id, name = "", weight = 1 }) => ({
      id,
      name,
      share: ((100 - control) / 100) * (weight / total),
    })),
  ];
  return (
    <Part title={t("split.parts")} about={t("split.partsAbout")}>
      <div className="k-field-label" id="control-percent">
        {t("split.control")}
      </div>
      <Slider
        min={0}
        max={50}
        step={1}
        value={control}
        onChange={(control_percent) => change({ control_percent })}
        label={(value) => `${value}%`}
        marks={[0, 10, 20, 30, 40, 50].map((value) => ({ value, label: `${value}%` }))}
        thumbProps={{ "aria-labelledby": "control-percent" }}
        mb="xl"
        mx="xs"
        data-path="control_percent"
      />
      {variants.length > 1 && (
        <div className="k-weights">
          {variants.map((variant, index) => (
            <WholeNumber
              key={variant.id}
              label={t("split.weight", { arm: armName({ id: variant.id, name: variant.name ?? "" }) })}
              value={variant.weight ?? 1}
              onChange={(weight) => change({ variants: variants.with(index, { ...variant, weight }) })}
              min={1}
              max={1000}
              data-path={`variants[${index}].weight`}
            />
          ))}
        </div>
      )}
      <div className="k-split-bar" aria-hidden>
        {arms.map(({ id, share }) => (
          <span key={id} style={{ width: `${share * 100}%`, background: armColor(variants, id) }} />
        ))}
      </div>
      <ul className="k-legend">
        {arms.map(({ id, share, ...arm }) => (
          <li key={id}>
            <span className="k-swatch" style={{ background: armColor(variants, id) }} aria-hidden />
            {armName({ id, ...arm })}{" "}
            <Text span size="sm" c="dimmed">
              {percent(share, 1, i18n.language)}
            </Text>
          </li>
        ))}
      </ul>
    </Part>
  );
}
