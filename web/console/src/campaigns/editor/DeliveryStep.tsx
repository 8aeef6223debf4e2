import { Autocomplete, Checkbox, Group, Switch, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { WEEKDAYS } from "../../conditions/document";
import { useConsole, useSite } from "../../console";
import { ClockInput } from "../../ui/ClockInput";
import { WholeNumber } from "../../ui/WholeNumber";
import { useFieldError } from "../content/TemplateInput";
import { type Caps, definitionOf, type Schedule, type StopAfter } from "../document";
import { Part } from "./AudienceStep";
import { useEditor } from "./context";
import { useDeliveryWords } from "./deliveryWords";

/** When it runs, how often it comes, and what goes before it. */
export function DeliveryStep() {
  return (
    <div className="k-stack k-narrow">
      <SchedulePart />
      <CapsPart />
      <OrderPart />
      <WatchPart />
    </div>
  );
}

function SchedulePart() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const { definition, change } = useEditor();
  const { hoursWords } = useDeliveryWords();
  const zone = useQuery(queries.site(useSite())).data?.timezone;
  const schedule = definition.schedule ?? {};
  const set = (fields: Partial<Schedule>) => change({ schedule: { ...schedule, ...fields } });
  const error = useFieldError("schedule");
  const hours = hoursWords(schedule);
  return (
    <Part title={t("step.schedule")} about={t("schedule.about", { zone: zone ?? "" })}>
      <div className="k-two" data-path="schedule">
        {zone &&
          (["start", "end"] as const).map((end) => (
            <ClockInput
              key={end}
              label={t(`schedule.${end}`)}
              description={t(`schedule.${end}About`)}
              inputWrapperOrder={["label", "input", "description", "error"]}
              value={schedule[end] ?? null}
              onChange={(at) => set({ [end]: at })}
              zone={zone}
              data-path={`schedule.${end}`}
            />
          ))}
      </div>
      <Checkbox.Group
        mt="sm"
        label={t("schedule.weekdays")}
        description={t("schedule.weekdaysAbout")}
        value={schedule.weekdays ?? []}
        onChange={(days) => set({ weekdays: days.length > 0 ? WEEKDAYS.filter((day) => days.includes(day)) : null })}
      >
        <Group gap="md" mt={6} data-path="schedule.weekdays">
          {WEEKDAYS.map((day) => (
            <Checkbox key={day} size="sm" value={day} label={t(`weekday.${day}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <div className="k-two k-times">
        {(["since", "until"] as const).map((end) => (
          <TextInput
            key={end}
            type="time"
            label={t(`schedule.${end}`)}
            description={end === "until" && t("schedule.untilAbout")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={schedule[end] ?? ""}
            onChange={({ currentTarget }) => set({ [end]: currentTarget.value || null })}
            data-path={`schedule.${end}`}
          />
        ))}
      </div>
      {error && <div className="k-field-error">{error}</div>}
      <Text size="sm" mt="sm" className="k-reads">
        {hours ?? t("schedule.anyTime")}
      </Text>
    </Part>
  );
}

function CapsPart() {
  const { t } = useTranslation();
  const { definition, change } = useEditor();
  const { capsWords, stopWords } = useDeliveryWords();
  const caps = definition.caps ?? {};
  const perVisit = caps.per_visit === undefined ? 1 : caps.per_visit;
  const set = (fields: Partial<Caps>) => change({ caps: { ...caps, ...fields } });
  const stops = definition.stop_after ?? [];
  return (
    <Part title={t("step.caps")} about={t("caps.about")}>
      <div className="k-caps">
        <Count
          label={t("field.per_visit")}
          path="caps.per_visit"
          value={perVisit}
          onChange={(n) => set({ per_visit: n })}
        />
        <Count
          label={t("field.per_day")}
          path="caps.per_day"
          value={caps.per_day}
          onChange={(n) => set({ per_day: n })}
        />
        <Count label={t("field.ever")} path="caps.ever" value={caps.ever} onChange={(n) => set({ ever: n })} />
        <Count
          label={t("field.min_seconds")}
          path="caps.min_seconds"
          value={caps.min_seconds}
          onChange={(n) => set({ min_seconds: n })}
        />
        <Count
          label={t("caps.timesIn")}
          path="caps.per_days"
          value={caps.per_days?.times}
          onChange={(times) => set({ per_days: times === null ? null : { times, days: caps.per_days?.days ?? 7 } })}
        />
        {caps.per_days && (
          <WholeNumber
            label={t("caps.days")}
            value={caps.per_days.days}
            onChange={(days) => caps.per_days && set({ per_days: { ...caps.per_days, days } })}
            min={1}
            max={90}
            data-path="caps.per_days.days"
          />
        )}
        <Count
          label={t("field.total")}
          description={t("caps.totalAbout")}
          path="caps.total"
          value={caps.total}
          onChange={(n) => set({ total: n })}
        />
      </div>
      <Checkbox.Group
        mt="md"
        label={t("stop.title")}
        description={t("stop.about")}
        value={stops}
        onChange={(chosen) =>
          change({ stop_after: (["click", "goal", "close"] as const).filter((each) => chosen.includes(each)) })
        }
      >
        <Group gap="md" mt={6} data-path="stop_after">
          {(["click", "goal", "close"] as const satisfies StopAfter[]).map((each) => (
            <Checkbox key={each} size="sm" value={each} label={t(`stop.${each}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <FieldError path="stop_after" />
      <Text size="sm" mt="sm" className="k-reads">
        {capsWords(caps)}
        {stopWords(stops) && (
          <>
            <br />
            {stopWords(stops)}
          </>
        )}
      </Text>
    </Part>
  );
}

interface CountProps {
  label: string;
  description?: ReactNode;
  path: string;
  value: number | null | undefined;
  onChange: (value: number | null) => void;
}

/** A limit; empty is none. */
function Count({ label, description, path, value, onChange }: CountProps) {
  const { t } = useTranslation();
  return (
    <WholeNumber
      optional
      label={label}
      description={description}
      placeholder={t("caps.none")}
      value={value ?? null}
      onChange={onChange}
      min={1}
      thousandSeparator=","
      error={useFieldError(path)}
      data-path={path}
    />
  );
}

function FieldError({ path }: { path: string }) {
  const error = useFieldError(path);
  return error ? <div className="k-field-error">{error}</div> : null;
}

/** What goes before what. */
function OrderPart() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const { definition, change } = useEditor();
  const settings = useQuery(queries.settings(site)).data;
  const others = useQuery(queries.campaigns(site)).data?.items ?? [];
  const groups = new Set(others.map((each) => definitionOf(each.definition)?.exclusion_group).filter(Boolean));
  return (
    <Part title={t("order.title")} about={t("order.about")}>
      <div className="k-two">
        <Autocomplete
          label={t("step.exclusion")}
          description={t("order.groupAbout")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={definition.exclusion_group ?? ""}
          onChange={(group) => change({ exclusion_group: group === "" ? null : group })}
          data={[...groups] as string[]}
          data-path="exclusion_group"
        />
        <WholeNumber
          label={t("field.priority")}
          description={t("order.priorityAbout")}
          value={definition.priority ?? 0}
          onChange={(priority) => change({ priority })}
          min={-1000}
          max={1000}
          data-path="priority"
        />
      </div>
      <Switch
        mt="md"
        label={t("order.ignore")}
        description={
          settings
            ? t("order.spacing", { seconds: settings.spacing_seconds, pages: settings.spacing_pages })
            : t("order.ignoreAbout")
        }
        checked={definition.ignore_spacing ?? false}
        onChange={({ currentTarget }) => change({ ignore_spacing: currentTarget.checked })}
        data-path="ignore_spacing"
      />
    </Part>
  );
}

/** Whether it is watched that it goes on being shown. */
function WatchPart() {
  const { t } = useTranslation();
  const { definition, change } = useEditor();
  return (
    <Part title={t("watch.title")} about={t("watch.about")}>
      <Switch
        label={t("watch.do")}
        checked={definition.absence ?? true}
        onChange={({ currentTarget }) => change({ absence: currentTarget.checked })}
        data-path="absence"
      />
    </Part>
  );
}
