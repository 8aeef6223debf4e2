import { ActionIcon, Button, Group, Menu, Modal, NavLink, Text, TextInput, Title } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { IconBookmarkPlus, IconDots, IconPencil, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Filter, PROBLEM_KINDS, type SavedFilter } from "../api/live";
import { type NamedFilter, useDeleteFilter, useSaveFilter } from "../api/liveChanges";
import { useConsole, useSite } from "../console";
import { number } from "../format/values";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Failed, LoadingRows, useErrorText } from "../ui/states";
import { normal, sameFilter } from "./filter";

interface Props {
  filter: Filter;
  onChange: (filter: Filter) => void;
}

/** What many look for first, before the team has filters of its own. */
const SUGGESTED = [
  { key: "trouble", filter: { problems: [...PROBLEM_KINDS] } },
  { key: "firstVisit", filter: { max_visit: 1 } },
  { key: "leftCart", filter: { events: [{ event: "Product Added" }, { event: "Order Completed", absent: true }] } },
] as const satisfies readonly { key: string; filter: Filter }[];

/** The team's filters, with what each found in the last 24 hours. */
export function SavedFilters({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const saved = useQuery(queries.savedFilters(site));
  const [naming, setNaming] = useState<NamedFilter | null>(null);
  const items = saved.data?.items ?? [];
  const asks = !sameFilter(filter, {});
  const known = items.some((each) => sameFilter(each.filter, filter));
  return (
    <nav className="k-panel k-filters" aria-label={t("filters.title")}>
      <Title order={2} size="h6" px="sm" pt="sm" pb={4}>
        {t("filters.title")}
      </Title>
      <NavLink
        component="button"
        label={t("filters.all")}
        active={!asks}
        aria-current={!asks}
        onClick={() => onChange({})}
      />
      {saved.isPending ? (
        <LoadingRows rows={3} height={34} />
      ) : !saved.data ? (
        <Failed error={saved.error} retry={saved.refetch} />
      ) : (
        <ul className="k-plainlist">
          {items.map((each) => (
            <Saved
              key={each.id}
              saved={each}
              active={sameFilter(each.filter, filter)}
              present={filter}
              onChoose={() => onChange(normal(each.filter))}
              onRename={() => setNaming({ id: each.id, name: each.name, filter: normal(each.filter) })}
            />
          ))}
        </ul>
      )}
      {saved.data && items.length === 0 && (
        <>
          <Text size="xs" c="dimmed" px="sm" pt="xs">
            {t("filters.suggested")}
          </Text>
          {SUGGESTED.map((each) => (
            <NavLink
              key={each.key}
              component="button"
              label={t(`suggested.${each.key}`)}
              active={sameFilter(each.filter, filter)}
              aria-current={sameFilter(each.filter, filter)}
              onClick={() => onChange(normal(each.filter))}
            />
          ))}
        </>
      )}
      {asks && !known && (
        <Button
          size="xs"
          variant="light"
          m="sm"
          leftSection={<IconBookmarkPlus size={15} />}
          onClick={() => setNaming({ id: newId(), name: "", filter })}
        >
          {t("filters.save")}
        </Button>
      )}
      {naming && <NameDialog named={naming} onClose={() => setNaming(null)} />}
    </nav>
  );
}

/** A name may be in any script; an id is plain. */
const newId = () => `f-${crypto.getRandomValues(new Uint32Array(2)).reduce((id, part) => id + part.toString(36), "")}`;

function Saved({
  saved,
  active,
  present,
  onChoose,
  onRename,
}: {
  saved: SavedFilter;
  active: boolean;
  present: Filter;
  onChoose: () => void;
  onRename: () => void;
}) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const site = useSite();
  const save = useSaveFilter(api, site);
  const remove = useDeleteFilter(api, site);
  const [asking, setAsking] = useState(false);
  // Counting looks at recordings: only those that one can see are counted.
  const { ref, inViewport } = useInViewport<HTMLLIElement>();
  return (
    <li ref={ref} className="k-saved">
      <NavLink
        component="button"
        label={saved.name}
        active={active}
        aria-current={active}
        onClick={onChoose}
        rightSection={<Count id={saved.id} visible={inViewport} />}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("filters.more", { name: saved.name })}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={onRename}>
            {t("filters.rename")}
          </Menu.Item>
          {!sameFilter(saved.filter, present) && !sameFilter(present, {}) && (
            <Menu.Item
              leftSection={<IconRefresh size={15} />}
              onClick={() => save.mutate({ id: saved.id, name: saved.name, filter: present })}
            >
              {t("filters.replace")}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => setAsking(true)}>
            {t("filters.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("filters.deleteTitle", { name: saved.name })}
        confirm={t("filters.delete")}
        onConfirm={() => remove.mutate(saved.id, { onSuccess: () => setAsking(false) })}
        pending={remove.isPending}
        error={remove.error}
        dangerous
      >
        {t("filters.deleteAbout")}
      </ConfirmDialog>
    </li>
  );
}

function Count({ id, visible }: { id: string; visible: boolean }) {
  const { t, i18n } = useTranslation();
  const { queries } = useConsole();
  const count = useQuery({ ...queries.filterCount(useSite(), id), enabled: visible }).data;
  if (!count) {
    return null;
  }
  const told = number(count.count, i18n.language);
  return (
    <Text span size="xs" c="dimmed" className="k-number" title={t("filters.day")}>
      {count.more ? t("filters.countMore", { count: told }) : told}
      <span className="k-hidden"> {t("filters.day")}</span>
    </Text>
  );
}

function NameDialog({ named, onClose }: { named: NamedFilter; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const save = useSaveFilter(api, useSite());
  const errorText = useErrorText();
  const [name, setName] = useState(named.name);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(named.name ? "filters.rename" : "filters.save")}
      centered
      closeButtonProps={{ "aria-label": t("dialog.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ ...named, name: name.trim() }, { onSuccess: onClose });
        }}
      >
        <TextInput
          label={t("filters.name")}
          description={t("filters.nameAbout")}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={save.isError && errorText(save.error)}
          maxLength={120}
          required
          data-autofocus
        />
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("dialog.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
            {t("settings.save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
