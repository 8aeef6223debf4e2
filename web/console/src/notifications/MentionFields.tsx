import { Switch, TagsInput, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/types";
import type { RuleForm } from "./rule";
import { WhenField } from "./WhenField";

interface Props {
  mention: RuleForm["mention"];
  onChange: (mention: RuleForm["mention"]) => void;
  problems: readonly Problem[];
  current: boolean;
  setBroken: (path: string, broken: boolean) => void;
}

/** Whom to call in Slack, always or on a condition. */
export function MentionFields({ mention, onChange, problems, current, setBroken }: Props) {
  const { t } = useTranslation();
  const wrong = problems.some(({ path }) => path.startsWith("mention.who"));
  return (
    <div className="k-form">
      <Switch
        label={t("rule.mention.do")}
        checked={mention !== null}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? { who: ["@here"], when: null } : null)}
      />
      {mention && (
        <>
          <TagsInput
            label={t("rule.mention.who")}
            description={t("rule.mention.whoAbout")}
            value={mention.who}
            onChange={(who) => onChange({ ...mention, who })}
            data={["@here", "@channel"]}
            maxTags={10}
            acceptValueOnBlur
            error={wrong && t(mention.who.length === 0 ? "mistake.missing" : "rule.mention.form")}
            required
          />
          <Switch
            label={t("rule.mention.only")}
            checked={mention.when !== null}
            onChange={({ currentTarget }) =>
              onChange({
                ...mention,
                when: currentTarget.checked ? { type: "trait", path: "plan", op: "eq", value: "" } : null,
              })
            }
          />
          {mention.when !== null ? (
            <WhenField
              path="mention.when"
              label={t("rule.mention.when")}
              condition={mention.when}
              onChange={(when) => onChange({ ...mention, when })}
              problems={problems}
              current={current}
              setBroken={setBroken}
            />
          ) : (
            <Text size="xs" c="dimmed" component="p" m={0}>
              {t("rule.mention.always")}
            </Text>
          )}
        </>
      )}
    </div>
  );
}
