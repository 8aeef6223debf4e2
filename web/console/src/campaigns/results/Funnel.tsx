import { Text, Title } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Arm, Results } from "../../api/campaigns";
import { number, percent } from "../../format/values";
import { armColor, CONTROL } from "./arms";
import { useArmName } from "./useArmName";

interface Props {
  results: Results;
  goal: Results["goals"][number] | null;
}

/** How far the people of each arm came: shown, clicked, goal. */
export function Funnel({ results, goal }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const widest = Math.max(1, ...results.arms.map(({ exposed }) => exposed));
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {t("funnel.title")}
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        {t("funnel.about")}
      </Text>
      {results.arms.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("results.nobody")}
        </Text>
      )}
      {results.arms.map((arm) => (
        <ArmFunnel key={arm.id} arm={arm} goal={goal} widest={widest} color={armColor(results.arms, arm.id)} />
      ))}
    </section>
  );
}

interface ArmProps extends Pick<Props, "goal"> {
  arm: Arm;
  widest: number;
  color: string;
}

function ArmFunnel({ arm, goal, widest, color }: ArmProps) {
  const { t, i18n } = useTranslation();
  const armName = useArmName();
  const reached = goal && (arm.goals[goal.id]?.people ?? 0);
  const stages: [string, number][] =
    arm.id === CONTROL
      ? [[t("funnel.notShown"), arm.exposed]]
      : [
          [t("counter.shown"), arm.shown],
          [t("counter.clicked"), arm.clicked],
        ];
  if (goal && reached !== null) {
    stages.push([goal.name, reached]);
  }
  const whole = stages[0]?.[1] ?? 0;
  return (
    <table className="k-funnel">
      <caption>{armName(arm)}</caption>
      <tbody>
        {stages.map(([stage, people], n) => (
          <tr key={stage}>
            <th scope="row">{stage}</th>
            <td className="k-meter-cell" aria-hidden>
              <span className="k-meter" style={{ width: `${(people / widest) * 100}%`, background: color }} />
            </td>
            <td className="k-number">{number(people, i18n.language)}</td>
            <td className="k-number k-dim">{n > 0 ? percent(people, whole, i18n.language) : ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
