import { Checkbox, Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Fields, useBuilder } from "./builder";
import {
  type EventIs,
  type InSegment,
  type Operator,
  type Sequence,
  type SequenceStep,
  type Time,
  type Visits,
  WEEKDAYS,
  type Weekday,
} from "./document";
import { Choice, DurationField, EventInput, NumberField } from "./inputs";
import { Sentence } from "./Sentence";
import { WhereList } from "./WhereList";

export function EventFields({ leaf, onChange, wrong }: Fields<EventIs>) {
  const { t } = useTranslation();
  return (
    <Sentence
      template={t("row.event")}
      fields={{
        name: (
          <EventInput
            label={t("builder.event")}
            value={leaf.name}
            onChange={(name) => onChange({ ...leaf, name: name ?? null })}
            error={wrong("name")}
          />
        ),
      }}
    />
  );
}

/** "A, then B within 7 days", or "A, and not B within 7 days". */
export function SequenceFields({ leaf, onChange, wrong }: Fields<Sequence>) {
  const { t } = useTranslation();
  const step = (name: "first" | "then") => {
    const value: SequenceStep = leaf[name] ?? {};
    const within = (field: string) => wrong(`${name}.${field}`);
    return (
      <div className="k-step">
        <EventInput
          label={t(`builder.${name}`)}
          value={value.event}
          onChange={(event) => onChange({ ...leaf, [name]: { ...value, event: event ?? null } })}
          error={within("event")}
        />
        <WhereList
          event={value.event}
          where={value.where ?? []}
          onChange={(where) => onChange({ ...leaf, [name]: { ...value, where } })}
          wrong={within}
        />
      </div>
    );
  };
  return (
    <Sentence
      template={t("row.sequence")}
      fields={{
        first: step("first"),
        // biome-ignore lint/suspicious/noThenProperty: the document names it so
        then: step("then"),
        within: (
          <DurationField
            label={t("builder.within")}
            value={leaf.within ?? null}
            onChange={(within) => onChange({ ...leaf, within })}
            error={wrong("within")}
          />
        ),
        absent: (
          <Choice
            label={t("builder.absent")}
            value={leaf.absent ? "absent" : "present"}
            options={(["present", "absent"] as const).map((each) => ({ value: each, label: t(`sequence.${each}`) }))}
            onChange={(chosen) => onChange({ ...leaf, absent: chosen === "absent" })}
          />
        ),
      }}
    />
  );
}

const COUNTS = ["gte", "lte", "eq", "ne", "gt", "lt"] as const satisfies Operator[];

export function VisitsFields({ leaf, onChange, wrong }: Fields<Visits>) {
  const { t } = useTranslation();
  return (
    <Sentence
      template={t("row.visits")}
      fields={{
        op: (
          <Choice<Operator>
            label={t("builder.op")}
            value={leaf.op ?? "gte"}
            options={COUNTS.map((each) => ({ value: each, label: t(`op.${each}`) }))}
            onChange={(op) => onChange({ ...leaf, op })}
          />
        ),
        value: (
          <NumberField
            label={t("builder.value")}
            value={leaf.value ?? null}
            onChange={(value) => onChange({ ...leaf, value })}
            error={wrong("value")}
          />
        ),
      }}
    />
  );
}

export function SegmentFields({ leaf, onChange, wrong }: Fields<InSegment>) {
  const { t } = useTranslation();
  const { segments } = useBuilder();
  const options = segments.map(({ id, name }) => ({ value: id, label: name }));
  const unknown = leaf.id && !segments.some(({ id }) => id === leaf.id);
  return (
    <Sentence
      template={t("row.segment")}
      fields={{
        id: (
          <Choice
            label={t("builder.segment")}
            value={leaf.id ?? ""}
            options={[
              { value: "", label: t("builder.choose") },
              ...(unknown && leaf.id ? [{ value: leaf.id, label: leaf.id }] : []),
              ...options,
            ]}
            onChange={(id) => {
              const { id: _, ...rest } = leaf;
              onChange(id === "" ? rest : { ...rest, id });
            }}
            error={wrong("id")}
          />
        ),
        member: (
          <Choice
            label={t("builder.member")}
            value={leaf.member === false ? "out" : "in"}
            options={(["in", "out"] as const).map((each) => ({ value: each, label: t(`member.${each}`) }))}
            onChange={(chosen) => onChange({ ...leaf, member: chosen === "in" })}
          />
        ),
      }}
    />
  );
}

export function TimeFields({ leaf, onChange, wrong }: Fields<Time>) {
  const { t } = useTranslation();
  const clock = (end: "since" | "until") => (
    <TextInput
      type="time"
      size="xs"
      className="k-input k-input-time"
      aria-label={t(`builder.${end}`)}
      value={leaf[end] ?? ""}
      error={wrong(end)}
      onChange={({ currentTarget }) => onChange({ ...leaf, [end]: currentTarget.value || null })}
    />
  );
  return (
    <Sentence
      template={t("row.time")}
      fields={{
        since: clock("since"),
        until: clock("until"),
        weekdays: (
          <Checkbox.Group
            aria-label={t("builder.weekdays")}
            value={leaf.weekdays ?? []}
            onChange={(days) =>
              onChange({
                ...leaf,
                weekdays: days.length > 0 ? WEEKDAYS.filter((day: Weekday) => days.includes(day)) : null,
              })
            }
          >
            <Group gap="xs">
              {WEEKDAYS.map((day) => (
                <Checkbox key={day} size="xs" value={day} label={t(`weekday.${day}`)} />
              ))}
            </Group>
          </Checkbox.Group>
        ),
      }}
    />
  );
}
