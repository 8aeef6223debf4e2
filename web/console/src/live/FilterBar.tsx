import { ActionIcon, Button, Group, Menu, Popover, Text } from "@mantine/core";
import {
  IconBolt,
  IconCalendar,
  IconDeviceDesktop,
  IconEyeOff,
  IconFileText,
  IconFilterPlus,
  IconHandClick,
  IconHourglass,
  IconRepeat,
  IconSpeakerphone,
  IconUser,
  IconUsersGroup,
  IconWorld,
  IconX,
} from "@tabler/icons-react";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Filter, PROBLEM_KINDS } from "../api/live";
import { FilterFields } from "./FilterFields";
import { normal, PARTS, type Part, type PartKind, partsOf, without } from "./filter";
import { usePartText } from "./words";

const ICONS: Record<PartKind, typeof IconBolt> = {
  event: IconBolt,
  pages: IconFileText,
  campaign: IconSpeakerphone,
  problems: IconHandClick,
  segments: IconUsersGroup,
  visits: IconRepeat,
  length: IconHourglass,
  device: IconDeviceDesktop,
  country: IconWorld,
  period: IconCalendar,
  unseen: IconEyeOff,
  person: IconUser,
};

interface Props {
  filter: Filter;
  onChange: (filter: Filter) => void;
}

/** A filter as chips: each says in words what it asks for; a click changes it. */
export function FilterBar({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const parts = partsOf(filter);
  const [added, setAdded] = useState<PartKind | null>(null);
  const has = (kind: PartKind) => parts.some((part) => part.kind === kind);
  // Nobody knows ids by heart: a person is chosen where one sees them.
  const offered = PARTS.filter((kind) => kind !== "person" && (kind === "event" || !has(kind)));
  const add = (kind: PartKind) => {
    if (kind === "unseen") {
      onChange({ ...filter, unseen: true });
    } else {
      setAdded(kind);
    }
  };
  return (
    <Group gap={6} role="group" aria-label={t("filter.title")} className="k-filter-bar">
      {parts.map((part) => (
        <Chip key={`${part.kind} ${part.index}`} part={part} filter={filter} onChange={onChange} />
      ))}
      {added && (
        <Editor
          key={`new ${added}`}
          part={{ kind: added, index: filter.events?.length ?? 0 }}
          filter={begun(filter, added)}
          onDone={(next) => {
            setAdded(null);
            if (next) {
              onChange(next);
            }
          }}
        >
          <Button size="compact-sm" variant="light" radius="xl" component="span">
            {t(`part.${added}`)}
          </Button>
        </Editor>
      )}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="default" radius="xl" leftSection={<IconFilterPlus size={15} />}>
            {t("filter.add")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((kind) => {
            const Icon = ICONS[kind];
            return (
              <Menu.Item key={kind} leftSection={<Icon size={16} stroke={1.7} />} onClick={() => add(kind)}>
                {t(`part.${kind}`)}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      {parts.length > 1 && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange({})}>
          {t("filter.clear")}
        </Button>
      )}
    </Group>
  );
}

/** What a new part begins with, where there is something that most people mean by it. */
function begun(filter: Filter, kind: PartKind): Filter {
  switch (kind) {
    case "problems":
      return { ...filter, problems: [...PROBLEM_KINDS] };
    case "device":
      return { ...filter, device: "mobile" };
    case "period":
      return { ...filter, last_hours: 24 };
    case "visits":
      return { ...filter, min_visit: 2 };
    case "length":
      return { ...filter, min_seconds: 30 };
    default:
      return filter;
  }
}

function Chip({ part, filter, onChange }: Props & { part: Part }) {
  const { t } = useTranslation();
  const partText = usePartText();
  const [open, setOpen] = useState(false);
  const text = partText(filter, part);
  const Icon = ICONS[part.kind];
  const fixed = part.kind === "unseen" || part.kind === "person";
  const face = (
    <button
      type="button"
      className="k-chip-face"
      aria-expanded={fixed ? undefined : open}
      disabled={fixed}
      onClick={() => setOpen(!open)}
    >
      <Icon size={14} stroke={1.8} aria-hidden />
      <span className="k-truncate">{text}</span>
    </button>
  );
  return (
    <span className="k-chip" title={text}>
      {open ? (
        <Editor
          part={part}
          filter={filter}
          onDone={(next) => {
            setOpen(false);
            if (next) {
              onChange(next);
            }
          }}
        >
          {face}
        </Editor>
      ) : (
        face
      )}
      <ActionIcon
        size={22}
        radius="xl"
        variant="subtle"
        color="gray"
        aria-label={t("filter.remove", { part: text })}
        onClick={() => onChange(without(filter, part))}
      >
        <IconX size={13} />
      </ActionIcon>
    </span>
  );
}

/** The fields of a part; nothing is asked before it is applied. */
function Editor({
  part,
  filter,
  onDone,
  children,
}: {
  part: Part;
  filter: Filter;
  /** With the filter as it is now, or nothing when it stays as it was. */
  onDone: (filter: Filter | null) => void;
  children: ReactElement;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(filter);
  const empty = part.kind !== "event" && !partsOf(normal(draft)).some(({ kind }) => kind === part.kind);
  const unnamed = part.kind === "event" && (draft.events?.[part.index ?? 0]?.event ?? "") === "";
  return (
    <Popover
      opened
      onDismiss={() => onDone(null)}
      position="bottom-start"
      width={336}
      trapFocus
      withinPortal
      shadow="md"
      withRoles={false}
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t(`part.${part.kind}`)} maw="calc(100vw - 24px)">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onDone(normal(draft));
          }}
        >
          <Text size="sm" fw={600} mb="xs">
            {t(`part.${part.kind}`)}
          </Text>
          <FilterFields part={part} filter={draft} onChange={setDraft} />
          <Group justify="flex-end" gap="xs" mt="md">
            <Button size="xs" variant="default" onClick={() => onDone(null)}>
              {t("dialog.cancel")}
            </Button>
            <Button size="xs" type="submit" disabled={empty || unnamed}>
              {t("filter.apply")}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
