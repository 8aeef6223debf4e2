import { NativeSelect, SegmentedControl, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { ExplainedRule, Explanation, RuleKind, RulesetOf } from "../api/types";
import { SummaryText } from "../ui/SummaryText";
import { found, type Order } from "./found";
import { Mark } from "./Mark";
import { RuleSteps } from "./RuleSteps";

const KINDS = ["segment", "campaign", "rule"] as const satisfies RuleKind[];

/** Every rule of that time: whether it held, and where not, why. */
export function RuleList({
  person,
  explanation,
  ruleset,
}: {
  person: string;
  explanation: Explanation;
  ruleset: RulesetOf;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState<RuleKind | "all">("all");
  const [order, setOrder] = useState<Order>("failing");
  const rules = found(explanation.rules, { search, kind, order });
  return (
    <section aria-label={t("explanation.rules")}>
      <div className="k-filters">
        <TextInput
          size="xs"
          aria-label={t("explanation.search")}
          placeholder={t("explanation.search")}
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label={t("explanation.kind")}
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value as RuleKind | "all")}
          data={[
            { value: "all", label: t("explanation.everyKind") },
            ...KINDS.map((each) => ({ value: each, label: t(`explanation.kind.${each}`) })),
          ]}
        />
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t("explanation.order")}
          value={order}
          onChange={(next) => setOrder(next as Order)}
          data={(["failing", "holding"] as const).map((each) => ({ value: each, label: t(`explanation.${each}`) }))}
        />
      </div>
      {rules.length === 0 ? (
        <Text size="sm" c="dimmed" p="sm" role="status">
          {explanation.rules.length === 0 ? t("explanation.noRules") : t("list.noMatch")}
        </Text>
      ) : (
        <ul className="k-plainlist k-rules">
          {rules.map((rule) => (
            <Rule
              key={`${rule.kind}/${rule.id}`}
              rule={rule}
              person={person}
              event={explanation.message_id}
              ruleset={ruleset}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface RuleProps {
  rule: ExplainedRule;
  person: string;
  event: string;
  ruleset: RulesetOf;
}

function Rule({ rule, person, event, ruleset }: RuleProps) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const name = `${rule.kind}/${rule.id}`;
  const open = params.get("rule") === name;

  function toggle() {
    setParams(
      (present) => {
        if (open) {
          present.delete("rule");
        } else {
          present.set("rule", name);
        }
        return present;
      },
      { replace: true },
    );
  }

  return (
    <li>
      <UnstyledButton className="k-rule" aria-expanded={open} onClick={toggle}>
        <Mark holds={rule.holds} />
        <span className="k-rule-text">
          <Text span size="sm" fw={600} className="k-anywhere">
            {rule.name}
          </Text>
          <Text span size="xs" c="dimmed" ml={8}>
            {t(`explanation.kind.${rule.kind}`)}
          </Text>
          {rule.failed && (
            <Text size="sm" c="dimmed" component="span" className="k-block">
              <SummaryText summary={rule.failed} />
            </Text>
          )}
        </span>
      </UnstyledButton>
      {open && <RuleSteps person={person} asked={{ event, ruleset, kind: rule.kind, rule: rule.id }} />}
    </li>
  );
}
