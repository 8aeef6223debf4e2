import { ActionIcon, Autocomplete, Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { JsonObject } from "../../api/types";
import { useConsole, useSite } from "../../console";
import type { Locale } from "../document";
import { EntryList } from "./EntryList";
import { changedEntry, freeId, listIn } from "./lists";
import { TitleAndBody } from "./MessageFields";
import { NoteFields } from "./NoteFields";
import { type ContentProps, orNone, saidIn, textOf } from "./said";
import { TemplateInput, useFieldError } from "./TemplateInput";
import { contentWords } from "./words";

const KINDS = ["nps", "single", "multi", "text"] as const;
type Kind = (typeof KINDS)[number];

const hasOptions = (kind: string) => kind === "single" || kind === "multi";

export function SurveyFields(props: ContentProps) {
  const { t } = useTranslation();
  const { said, say, at } = saidIn(props);
  return (
    <div className="k-form">
      <TitleAndBody said={said} say={say} at={at} />
      <EntryList
        {...props}
        list="questions"
        most={10}
        nameOf={(n) => t("content.question", { n })}
        add={t("content.addQuestion")}
        create={(locale, questions) => ({
          id: freeId(
            "question",
            questions.map(({ id }) => String(id)),
          ),
          kind: "text",
          label: contentWords(locale, "question"),
          required: false,
        })}
      >
        {({ entry, index, path, say: sayEntry, set }) => (
          <QuestionFields props={props} question={entry} index={index} path={path} say={sayEntry} set={set} />
        )}
      </EntryList>
      <TemplateInput
        path={at("submit")}
        label={t("content.submit")}
        value={textOf(said, "submit")}
        onChange={(submit) => say({ submit: orNone(submit) })}
      />
      <NoteFields {...props} field="thanks" name={t("content.thanks")} />
    </div>
  );
}

interface QuestionProps {
  props: ContentProps;
  question: JsonObject;
  index: number;
  path: string;
  say: (fields: JsonObject | Record<string, undefined>) => void;
  set: (fields: JsonObject | Record<string, undefined>) => void;
}

function QuestionFields({ props, question, index, path, say, set }: QuestionProps) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const vocabulary = useQuery(queries.vocabulary(useSite())).data;
  const kind = textOf(question, "kind") as Kind;

  /** In every language: the options' words are each one's own. */
  function retype(next: Kind) {
    const content = Object.fromEntries(
      Object.entries(props.action.content).map(([locale, said]) => {
        const questions = listIn(said, "questions").map((each, n) =>
          n === index ? { ...withKind(each, next, `${contentWords(locale as Locale, "option")} 1`), kind: next } : each,
        );
        return [locale, { ...said, questions }];
      }),
    );
    props.onChange({ ...props.action, content });
  }

  return (
    <div className="k-form">
      <TemplateInput
        path={`${path}.label`}
        label={t("content.questionLabel")}
        value={textOf(question, "label")}
        onChange={(label) => say({ label })}
        long
        required
      />
      <div className="k-two">
        <NativeSelect
          label={t("content.kind")}
          value={kind}
          onChange={({ currentTarget }) => retype(currentTarget.value as Kind)}
          data={KINDS.map((value) => ({ value, label: t(`question.${value}`) }))}
        />
        <Autocomplete
          label={t("content.trait")}
          description={t("content.traitAbout")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={textOf(question, "trait")}
          onChange={(trait) => (trait === "" ? set({ trait: undefined }) : set({ trait }))}
          data={vocabulary?.traits ?? []}
          data-path={`${path}.trait`}
        />
      </div>
      {kind === "nps" && (
        <div className="k-two">
          {(["low", "high"] as const).map((end) => (
            <TemplateInput
              key={end}
              path={`${path}.${end}`}
              label={t(`content.${end}`)}
              value={textOf(question, end)}
              onChange={(text) => (text === "" ? say({ [end]: undefined }) : say({ [end]: text }))}
            />
          ))}
        </div>
      )}
      {hasOptions(kind) && <Options props={props} question={question} index={index} path={path} />}
      <Checkbox
        size="sm"
        label={t("content.required")}
        checked={question.required === true}
        onChange={({ currentTarget }) => set({ required: currentTarget.checked })}
      />
    </div>
  );
}

/** The question with what the kind needs, and without what it does not have. */
function withKind({ options, low, high, ...question }: JsonObject, kind: Kind, label: string): JsonObject {
  const kept = Array.isArray(options) && options.length > 0 ? options : [{ value: "option-1", label }];
  return {
    ...question,
    ...(hasOptions(kind) ? { options: kept } : {}),
    ...(kind === "nps" && low !== undefined ? { low } : {}),
    ...(kind === "nps" && high !== undefined ? { high } : {}),
  };
}

const optionsOf = (question: JsonObject | undefined): JsonObject[] =>
  Array.isArray(question?.options) ? (question.options as JsonObject[]) : [];

/** What can be answered: the label is each language's own, the value that is stored the same in all. */
function Options({ props, question, index, path }: Omit<QuestionProps, "say" | "set">) {
  const { t } = useTranslation();
  const { action, locale, onChange } = props;
  const error = useFieldError(`${path}.options`);
  const options = optionsOf(question);

  function inEvery(change: (options: JsonObject[], locale: Locale) => JsonObject[]) {
    let content = action.content;
    for (const each of Object.keys(action.content) as Locale[]) {
      const changed = change(optionsOf(listIn(content[each], "questions")[index]), each);
      content = changedEntry(content, "questions", each, index, { options: changed });
    }
    onChange({ ...action, content });
  }

  const say = (n: number, label: string) =>
    onChange({
      ...action,
      content: changedEntry(action.content, "questions", locale, index, {
        options: options.map((option, at) => (at === n ? { ...option, label } : option)),
      }),
    });

  return (
    <fieldset className="k-options" aria-label={t("content.options")} data-path={`${path}.options`}>
      <div className="k-field-label">{t("content.options")}</div>
      {options.map((option, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values are typed, so they are no identity yet
        <div key={n} className="k-option">
          <TextInput
            size="xs"
            aria-label={t("content.optionLabel", { n: n + 1 })}
            placeholder={t("content.label")}
            value={textOf(option, "label")}
            onChange={({ currentTarget }) => say(n, currentTarget.value)}
          />
          <TextInput
            size="xs"
            aria-label={t("content.optionValue", { n: n + 1 })}
            placeholder={t("content.value")}
            value={textOf(option, "value")}
            onChange={({ currentTarget: { value } }) =>
              inEvery((each) => each.map((other, at) => (at === n ? { ...other, value } : other)))
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("content.removeOption", { n: n + 1 })}
            disabled={options.length === 1}
            onClick={() => inEvery((each) => each.toSpliced(n, 1))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {error && <div className="k-field-error">{error}</div>}
      {options.length < 30 && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={12} />}
          onClick={() => {
            const value = freeId(
              "option",
              options.map((option) => String(option.value)),
            );
            inEvery((each, of) => [...each, { value, label: `${contentWords(of, "option")} ${each.length + 1}` }]);
          }}
        >
          {t("content.addOption")}
        </Button>
      )}
    </fieldset>
  );
}
