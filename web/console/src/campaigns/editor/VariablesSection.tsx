import { ActionIcon, Button, Code, Text, TextInput, Title } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { BuilderContext } from "../../conditions/builder";
import type { Statistic } from "../../conditions/document";
import { StatisticValueFields } from "../../conditions/StatisticFields";
import { useConsole, useSite } from "../../console";
import { useEditor, useProblems } from "./context";
import { useProblemText } from "./problemText";

const NAME = /^[a-z_][a-z0-9_]{0,31}$/;

/** Statistics of the visitor that templates can be filled with, by names. */
export function VariablesSection() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const { definition, change } = useEditor();
  const id = useId();
  const vocabulary = useQuery(queries.vocabulary(useSite())).data;
  const variables = definition.variables ?? {};
  const builder = useMemo(
    () => ({ change: () => {}, mistakes: [], vocabulary, segments: [], fresh: null, added: () => {} }),
    [vocabulary],
  );
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {t("variables.title")}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t("variables.about")}
      </Text>
      <BuilderContext value={builder}>
        <ul className="k-plainlist k-variable-list">
          {Object.entries(variables).map(([name, statistic]) => (
            <li key={name}>
              <VariableFields
                name={name}
                statistic={statistic}
                onChange={(next) => change({ variables: { ...variables, [name]: next } })}
                onRemove={() => {
                  const { [name]: _, ...others } = variables;
                  change({ variables: others });
                }}
              />
            </li>
          ))}
        </ul>
      </BuilderContext>
      <NewVariable
        taken={Object.keys(variables)}
        onAdd={(name) => change({ variables: { ...variables, [name]: { of: "count", window: "all" } } })}
      />
    </section>
  );
}

interface FieldsProps {
  name: string;
  statistic: Json;
  onChange: (statistic: Json) => void;
  onRemove: () => void;
}

function VariableFields({ name, statistic, onChange, onRemove }: FieldsProps) {
  const { t } = useTranslation();
  const path = `variables.${name}`;
  const problems = useProblems(path);
  const problemText = useProblemText();
  return (
    <fieldset className="k-condition" aria-label={name} data-path={path} data-wrong={problems.length > 0}>
      <div className="k-condition-body">
        <Code>{`{{ variables.${name} }}`}</Code>
        <StatisticValueFields
          leaf={{ type: "statistic", ...(statistic as object) } as Statistic}
          // `type` is what conditions are told by; a variable is always a statistic.
          onChange={({ type: _, ...next }) => onChange(next as unknown as Json)}
          wrong={(field) => problems.some((problem) => problem.path === `${path}.${field}`)}
        />
        {problems.map((problem) => (
          <div key={problem.path} className="k-field-error">
            {problemText(problem)}
          </div>
        ))}
      </div>
      <div className="k-condition-actions">
        <ActionIcon variant="subtle" color="gray" aria-label={t("variables.remove", { name })} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      </div>
    </fieldset>
  );
}

function NewVariable({ taken, onAdd }: { taken: readonly string[]; onAdd: (name: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const wrong = name !== "" && (!NAME.test(name) || taken.includes(name));
  return (
    <form
      className="k-new-variable"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== "" && !wrong) {
          onAdd(name);
          setName("");
        }
      }}
    >
      <TextInput
        size="xs"
        aria-label={t("variables.name")}
        placeholder={t("variables.namePlaceholder")}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value.toLowerCase())}
        error={wrong && t(taken.includes(name) ? "variables.taken" : "variables.badName")}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
      />
      <Button
        size="xs"
        type="submit"
        variant="light"
        leftSection={<IconPlus size={14} />}
        disabled={name === "" || wrong}
      >
        {t("variables.add")}
      </Button>
    </form>
  );
}
