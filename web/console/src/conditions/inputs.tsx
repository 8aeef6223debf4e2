import {
  Autocomplete,
  type AutocompleteProps,
  type ComboboxItem,
  NativeSelect,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { eventTitle } from "../events/wording";
import { namesOf, useBuilder } from "./builder";
import type { EventNames } from "./document";
import { read, UNITS, type Unit, unitOf } from "./values";

interface Field<Value> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  error?: boolean;
}

/** A choice that reads as a word of the sentence. */
export function Choice<Value extends string>({
  options,
  onChange,
  autoFocus = false,
  ...field
}: Field<Value> & { options: readonly { value: Value; label: string }[]; autoFocus?: boolean }) {
  return (
    <NativeSelect
      size="xs"
      className="k-choice"
      aria-label={field.label}
      value={field.value}
      error={field.error}
      autoFocus={autoFocus}
      onChange={(event) => onChange(event.currentTarget.value as Value)}
      data={[...options]}
    />
  );
}

type Titles = (name: string) => string | null;

/** Suggestions are found by what they are called, too: 購入 finds "Order Completed". */
function suggestions(titleOf: Titles): Pick<AutocompleteProps, "filter" | "renderOption" | "limit"> {
  return {
    limit: 50,
    filter: ({ options, search }) => {
      const text = search.trim().toLowerCase();
      const named = options as ComboboxItem[];
      return named.filter(({ value }) => `${value} ${titleOf(value) ?? ""}`.toLowerCase().includes(text));
    },
    renderOption: ({ option }) => (
      <div>
        <Text size="sm">{option.value}</Text>
        {titleOf(option.value) && (
          <Text size="xs" c="dimmed">
            {titleOf(option.value)}
          </Text>
        )}
      </div>
    ),
  };
}

const CALLS = ["page", "screen", "identify", "group", "alias"];

/** Names of events, several of them meaning any of them. */
export function EventInput({
  any = false,
  onChange,
  value,
  label,
  error,
}: Field<EventNames | undefined> & { any?: boolean }) {
  const { t } = useTranslation();
  const { vocabulary } = useBuilder();
  const names = namesOf(value);
  const titleOf: Titles = (event) => {
    const title = eventTitle({ type: CALLS.includes(event) ? event : "track", event }, t);
    return title === event ? null : title;
  };
  return (
    <TagsInput
      size="xs"
      className="k-input k-input-wide"
      aria-label={label}
      placeholder={names.length > 0 ? "" : any ? t("builder.anyEvent") : t("builder.chooseEvent")}
      value={names}
      error={error}
      onChange={(chosen) => onChange(chosen.length > 1 ? chosen : (chosen[0] ?? null))}
      data={vocabulary?.events.map(({ name }) => name) ?? []}
      acceptValueOnBlur
      comboboxProps={{ width: 300, position: "bottom-start" }}
      {...suggestions(titleOf)}
    />
  );
}

/** A dotted path, or any other name, with those that are known to choose from. */
export function PathInput({
  options,
  placeholder,
  titleOf = () => null,
  ...field
}: Field<string | undefined> & { options: readonly string[]; placeholder: string; titleOf?: Titles }) {
  return (
    <Autocomplete
      size="xs"
      className="k-input"
      aria-label={field.label}
      placeholder={placeholder}
      value={field.value ?? ""}
      error={field.error}
      onChange={(path) => field.onChange(path === "" ? undefined : path)}
      data={[...options]}
      comboboxProps={{ width: 260, position: "bottom-start" }}
      autoCapitalize="off"
      spellCheck={false}
      {...suggestions(titleOf)}
    />
  );
}

/** A number as it is typed: what is no number yet is no value yet. */
export function NumberField({ value, onChange, label, error }: Field<number | null>) {
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  const reads = read(typed, "number");
  // Typing "1." or "1,0" must not be rewritten; a value that came from elsewhere is shown.
  const shown = reads === value ? typed : value === null ? "" : String(value);
  return (
    <TextInput
      size="xs"
      className="k-input k-input-number"
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      value={shown}
      error={error || (shown !== "" && reads === null)}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        onChange(read(currentTarget.value, "number") as number | null);
      }}
    />
  );
}

/** Seconds, entered as minutes, hours or days. */
export function DurationField({ value, onChange, label, error = false }: Field<number | null>) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState<Unit>(unitOf(value));
  return (
    <span className="k-pair">
      <NumberField
        label={label}
        value={value === null ? null : value / UNITS[unit]}
        onChange={(amount) => onChange(amount === null ? null : amount * UNITS[unit])}
        error={error}
      />
      <Choice
        label={t("builder.unit")}
        value={unit}
        options={(["seconds", "minutes", "hours", "days"] as const).map((each) => ({
          value: each,
          label: t(`unit.${each}`),
        }))}
        onChange={(chosen) => {
          setUnit(chosen);
          onChange(value === null ? null : (value / UNITS[unit]) * UNITS[chosen]);
        }}
      />
    </span>
  );
}
