import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useConsole, useSite } from "../console";
import { type Phrase, phrase } from "./condition";
import type { Condition } from "./definition";

export function ConditionText({ condition }: { condition: Condition }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const segments = useQuery(queries.segments(useSite()));
  const nameOf = (id: string) => segments.data?.items.find((segment) => segment.id === id)?.name ?? id;
  return <PhraseText phrase={phrase(condition, t, nameOf)} />;
}

function PhraseText({ phrase: said }: { phrase: Phrase }) {
  const { t } = useTranslation();
  if ("text" in said) {
    return (
      <Text span size="sm" className="k-anywhere">
        {said.text}
      </Text>
    );
  }
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed">
        {t(`condition.${said.join}`)}
      </Text>
      <ul className="k-conditions">
        {said.of.map((each) => (
          <li key={JSON.stringify(each)}>
            <PhraseText phrase={each} />
          </li>
        ))}
      </ul>
    </div>
  );
}
