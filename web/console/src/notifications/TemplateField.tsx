import { Button, Text, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../ui/JsonBlock";
import { filled, sampleValues, TEAMS, templateOf } from "./destination";

interface Props {
  value: string;
  onChange: (value: string) => void;
  error: string | null;
}

/** The JSON document to post, and what it might come to. */
export function TemplateField({ value, onChange, error }: Props) {
  const { t } = useTranslation();
  const template = templateOf(value);
  const broken = value.trim() !== "" && template === null;
  const sample = sampleValues(
    {
      title: t("template.sampleTitle"),
      text: t("template.sampleText"),
      rule: t("template.sampleRule"),
      person: t("template.samplePerson"),
    },
    window.location.origin,
  );
  return (
    <div className="k-stack">
      <Textarea
        label={t("template.label")}
        description={t("template.about")}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        error={broken ? t("editor.syntax") : error}
        autosize
        minRows={8}
        maxRows={24}
        spellCheck={false}
        classNames={{ input: "k-editor" }}
        required
      />
      <div>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => onChange(JSON.stringify(TEAMS, null, 2))}
          disabled={value === JSON.stringify(TEAMS, null, 2)}
        >
          {t("template.teams")}
        </Button>
      </div>
      <Text size="xs" c="dimmed" component="p" m={0}>
        {t("template.names")}{" "}
        {Object.keys(sample).map((name) => (
          <code key={name} className="k-name">{`{{ ${name} }}`}</code>
        ))}
      </Text>
      {template && (
        <div>
          <Text size="sm" fw={600} mb={4}>
            {t("template.preview")}
          </Text>
          <CodeBlock code={JSON.stringify(filled(template, sample), null, 2)} label={t("copy.json")} />
        </div>
      )}
    </div>
  );
}
