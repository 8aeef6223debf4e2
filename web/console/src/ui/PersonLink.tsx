import { Anchor, Avatar, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { personPath, useSite } from "../console";
import { shortId } from "../format/values";

/** What to call someone: their name, else that they are a member or an unknown visitor. */
export function usePersonName(): (id: string, name?: string | null, email?: string | null) => string {
  const { t } = useTranslation();
  return (id, name, email) =>
    name || email || t(id.startsWith("u:") ? "person.member" : "person.anonymous", { id: shortId(id) });
}

export function PersonLink({ id, name = null }: { id: string; name?: string | null }) {
  const site = useSite();
  const personName = usePersonName();
  return (
    <Anchor component={Link} to={personPath(site, id)} size="sm" className="k-truncate" title={id}>
      {personName(id, name)}
    </Anchor>
  );
}

/** Colour is drawn from the id, so that one person looks the same everywhere. */
export function PersonAvatar({ id, name, size = 32 }: { id: string; name: string | null; size?: number }) {
  const colors = ["ai", "grape", "teal", "orange", "indigo", "pink", "lime", "cyan"];
  const hash = [...id].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0, 7);
  return (
    <Avatar size={size} radius="xl" color={colors[hash % colors.length] ?? "ai"} variant="light" aria-hidden>
      {name ? [...name.trim()][0]?.toUpperCase() : undefined}
    </Avatar>
  );
}

export function PersonCell({ id, name, email }: { id: string; name: string | null; email: string | null }) {
  const site = useSite();
  const personName = usePersonName();
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <PersonAvatar id={id} name={name} />
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={personPath(site, id)} fw={600} size="sm" className="k-truncate k-block" title={id}>
          {personName(id, name, email)}
        </Anchor>
        <Text size="xs" c="dimmed" className="k-truncate">
          {email && name ? email : id}
        </Text>
      </div>
    </Group>
  );
}
