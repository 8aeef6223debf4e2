import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  MultiSelect,
  NativeSelect,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
} from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { GROUPS } from "../api/campaigns";
import { type CampaignFilter, DEVICES, type EventFilter, type Filter, PROBLEM_KINDS, REACHED } from "../api/live";
import { BuilderContext, propertiesOf } from "../conditions/builder";
import { useComparison } from "../conditions/ComparisonFields";
import type { Where } from "../conditions/document";
import { Sentence } from "../conditions/Sentence";
import { useConsole, useSite } from "../console";
import { ClockInput } from "../ui/ClockInput";
import { WholeNumber } from "../ui/WholeNumber";
import { countries } from "./countries";
import type { Part } from "./filter";
import { eventName } from "./words";

interface Props {
  part: Part;
  filter: Filter;
  onChange: (filter: Filter) => void;
}

/** The fields of one part of a filter. */
export function FilterFields({ part: { kind, index = 0 }, filter, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const set = (fields: Partial<Filter>) => onChange({ ...filter, ...fields });
  switch (kind) {
    case "event": {
      const events = filter.events ?? [];
      return (
        <EventFields
          value={events[index] ?? { event: "" }}
          onChange={(event) => set({ events: index < events.length ? events.with(index, event) : [...events, event] })}
        />
      );
    }
    case "pages":
      return <PagesField value={filter.pages ?? []} onChange={(pages) => set({ pages })} />;
    case "segments":
      return <SegmentsField value={filter.segments ?? []} onChange={(segments) => set({ segments })} />;
    case "campaign":
      return <CampaignFields value={filter.campaign} onChange={(campaign) => set({ campaign })} />;
    case "problems":
      return (
        <Checkbox.Group
          label={t("filter.problems")}
          description={t("filter.problemsAbout")}
          value={filter.problems ?? []}
          onChange={(problems) => set({ problems: PROBLEM_KINDS.filter((each) => problems.includes(each)) })}
        >
          <Stack gap={8} mt="xs">
            {PROBLEM_KINDS.map((each) => (
              <Checkbox key={each} value={each} label={t(`trouble.${each}`)} size="sm" />
            ))}
          </Stack>
        </Checkbox.Group>
      );
    case "visits":
      return <Range filter={filter} fields={["min_visit", "max_visit"]} least={1} onChange={onChange} />;
    case "length":
      return <Range filter={filter} fields={["min_seconds", "max_seconds"]} least={0} onChange={onChange} />;
    case "device":
      return (
        <SegmentedControl
          fullWidth
          aria-label={t("filter.device")}
          value={filter.device ?? "desktop"}
          onChange={(device) => set({ device: DEVICES.find((each) => each === device) ?? "desktop" })}
          data={DEVICES.map((value) => ({ value, label: t(`device.${value}`) }))}
        />
      );
    case "country":
      return (
        <CountryField
          language={i18n.language}
          value={filter.country ?? null}
          onChange={(country) => set({ country })}
        />
      );
    case "period":
      return <PeriodFields filter={filter} onChange={onChange} />;
    case "unseen":
    case "person":
      return null;
  }
}

type Bound = "min_visit" | "max_visit" | "min_seconds" | "max_seconds";

/** From one number to another, either of which may be left open. */
function Range({
  filter,
  fields,
  least,
  onChange,
}: {
  filter: Filter;
  fields: readonly Bound[];
  least: number;
  onChange: (filter: Filter) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="k-range">
      {fields.map((field, index) => (
        <WholeNumber
          key={field}
          optional
          size="sm"
          label={t(`filter.${field}`)}
          min={least}
          value={filter[field] ?? null}
          onChange={(value) => {
            const { [field]: _, ...rest } = filter;
            onChange(value === null ? rest : { ...rest, [field]: value });
          }}
          data-autofocus={index === 0 || undefined}
        />
      ))}
    </div>
  );
}

/** Paths; what is typed counts before it has become a tag. */
function PagesField({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTranslation();
  const [tags, setTags] = useState(value);
  const [typed, setTyped] = useState("");
  // What was typed is emptied in the moment in which it becomes a tag.
  const latest = useRef(value);
  const tell = (pages: string[]) =>
    onChange(pages.filter(Boolean).map((page) => (page.startsWith("/") ? page : `/${page}`)));
  return (
    <TagsInput
      label={t("filter.pages")}
      description={t("filter.pagesAbout")}
      placeholder="/products/*"
      value={tags}
      searchValue={typed}
      onSearchChange={(text) => {
        setTyped(text);
        tell([...latest.current, text.trim()]);
      }}
      onChange={(next) => {
        latest.current = next;
        setTags(next);
        tell(next);
      }}
      maxTags={10}
      acceptValueOnBlur
      data-autofocus
    />
  );
}

function SegmentsField({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const segments = useQuery(queries.segments(useSite())).data?.items ?? [];
  const known = segments.map(({ id, name }) => ({ value: id, label: name }));
  const gone = value.filter((id) => !segments.some((each) => each.id === id)).map((id) => ({ value: id, label: id }));
  return (
    <MultiSelect
      label={t("people.segments")}
      description={t("filter.segmentsAbout")}
      data={[...known, ...gone]}
      value={value}
      onChange={onChange}
      searchable
      data-autofocus
      comboboxProps={{ withinPortal: false }}
    />
  );
}

function CampaignFields({
  value,
  onChange,
}: {
  value: CampaignFilter | undefined;
  onChange: (value: CampaignFilter) => void;
}) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const campaigns = useQuery({ ...queries.campaigns(useSite()), staleTime: 60_000 }).data?.items ?? [];
  const id = value?.id ?? "";
  const what = value?.group ? `group:${value.group}` : `reached:${value?.reached ?? "shown"}`;
  const written = (campaign: string, chosen: string): CampaignFilter => {
    const [kind, name = ""] = chosen.split(":");
    return kind === "group"
      ? { id: campaign, group: GROUPS.find((each) => each === name) ?? "shown" }
      : { id: campaign, reached: REACHED.find((each) => each === name) ?? "shown" };
  };
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t("campaign.title")}
        value={id}
        onChange={({ currentTarget }) => onChange(written(currentTarget.value, what))}
        data={[
          { value: "", label: t("filter.choose") },
          ...campaigns.map((campaign) => ({ value: campaign.id, label: campaign.name })),
        ]}
        data-autofocus
      />
      <NativeSelect
        label={t("filter.campaignWhat")}
        value={what}
        onChange={({ currentTarget }) => onChange(written(id, currentTarget.value))}
        data={[
          {
            group: t("filter.reachedGroup"),
            items: REACHED.map((each) => ({ value: `reached:${each}`, label: t(`reached.${each}`) })),
          },
          {
            group: t("filter.fourGroups"),
            items: GROUPS.map((each) => ({ value: `group:${each}`, label: t(`group.${each}`) })),
          },
        ]}
      />
    </Stack>
  );
}

function CountryField({
  language,
  value,
  onChange,
}: {
  language: string;
  value: string | null;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const data = useMemo(() => countries(language), [language]);
  return (
    <Select
      label={t("filter.country")}
      description={t("filter.countryAbout")}
      data={data}
      value={value}
      onChange={(chosen) => chosen && onChange(chosen)}
      searchable
      openOnFocus={false}
      // The list itself scrolls: what is around it would have to be reached by the keyboard.
      withScrollArea={false}
      styles={{ options: { maxHeight: 220, overflowY: "auto" } }}
      data-autofocus
      comboboxProps={{ withinPortal: false }}
    />
  );
}

const HOURS = [1, 24, 72, 168, 720];

function PeriodFields({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useTranslation();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { since, until, last_hours, ...rest } = filter;
  const [custom, setCustom] = useState(since !== undefined || until !== undefined);
  const label = (hours: number) =>
    hours > 24 ? t("filter.lastDays", { count: hours / 24 }) : t("filter.lastHours", { count: hours });
  const bound = (field: "since" | "until", at: string | null) => {
    const { last_hours: _, [field]: __, ...others } = filter;
    onChange(at === null ? others : { ...others, [field]: at });
  };
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t("filter.period")}
        value={custom ? "" : String(last_hours ?? 24)}
        onChange={({ currentTarget: { value } }) => {
          setCustom(value === "");
          onChange(
            value
              ? { ...rest, last_hours: Number(value) }
              : { ...rest, since: new Date(Date.now() - 86_400_000).toISOString() },
          );
        }}
        data={[
          ...[...new Set([...HOURS, ...(last_hours ? [last_hours] : [])])].map((hours) => ({
            value: String(hours),
            label: label(hours),
          })),
          { value: "", label: t("filter.customPeriod") },
        ]}
        data-autofocus
      />
      {custom &&
        (["since", "until"] as const).map((field) => (
          <ClockInput
            key={field}
            label={t(`filter.${field}`)}
            value={filter[field] ?? null}
            onChange={(at) => bound(field, at)}
            zone={zone}
          />
        ))}
    </Stack>
  );
}

function EventFields({ value, onChange }: { value: EventFilter; onChange: (value: EventFilter) => void }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const vocabulary = useQuery(queries.vocabulary(useSite())).data;
  const id = useId();
  const where = value.where ?? [];
  const titles = (name: string) => {
    const title = eventName(name, t);
    return title === name ? null : title;
  };
  const builder = useMemo(
    () => ({ change: () => undefined, mistakes: [], vocabulary, segments: [], fresh: null, added: () => undefined }),
    [vocabulary],
  );
  return (
    <BuilderContext value={builder}>
      <Stack gap="xs">
        <Autocomplete
          label={t("filter.event")}
          placeholder={t("builder.chooseEvent")}
          value={value.event}
          onChange={(event) => onChange({ ...value, event })}
          data={vocabulary?.events.map(({ name }) => name) ?? []}
          // What is chosen already is not asked again: the list would lie on the fields below.
          openOnFocus={value.event === ""}
          limit={50}
          filter={({ options, search }) => {
            const text = search.trim().toLowerCase();
            return (options as { value: string; label: string }[]).filter((option) =>
              `${option.value} ${titles(option.value) ?? ""}`.toLowerCase().includes(text),
            );
          }}
          renderOption={({ option }) => (
            <div>
              <Text size="sm">{titles(option.value) ?? option.value}</Text>
              {titles(option.value) && (
                <Text size="xs" c="dimmed">
                  {option.value}
                </Text>
              )}
            </div>
          )}
          spellCheck={false}
          data-autofocus
          comboboxProps={{ withinPortal: false }}
        />
        <div className="k-where" id={id}>
          {where.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they have no identity but their place
            <fieldset key={index} className="k-where-row" aria-label={t("builder.whereN", { n: index + 1 })}>
              <Comparison
                leaf={each as Where}
                paths={propertiesOf(vocabulary, value.event || null)}
                onChange={(next) => onChange({ ...value, where: where.with(index, next as (typeof where)[number]) })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t("builder.removeWhere", { n: index + 1 })}
                onClick={() => onChange({ ...value, where: where.toSpliced(index, 1) })}
              >
                <IconX size={14} />
              </ActionIcon>
            </fieldset>
          ))}
          {where.length < 10 && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={12} />}
              onClick={() => onChange({ ...value, where: [...where, { type: "property", path: "", op: "eq" }] })}
            >
              {t("builder.addWhere")}
            </Button>
          )}
        </div>
        <Switch
          size="sm"
          label={t("filter.absent")}
          checked={value.absent ?? false}
          onChange={({ currentTarget }) => onChange({ ...value, absent: currentTarget.checked })}
        />
      </Stack>
    </BuilderContext>
  );
}

function Comparison({
  leaf,
  paths,
  onChange,
}: {
  leaf: Where;
  paths: readonly string[];
  onChange: (leaf: Where) => void;
}) {
  const { t } = useTranslation();
  const fields = useComparison({
    leaf,
    onChange,
    wrong: () => false,
    paths,
    placeholder: t("builder.path.property"),
  });
  return <Sentence template={t("row.comparison")} fields={fields} />;
}
