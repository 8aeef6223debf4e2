import { Button, Menu, Text } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import type { Me } from "../api/types";

/** Switching keeps the section, not the person or campaign: those belong to one site. */
export function SiteSwitcher({ sites, site }: { sites: Me["sites"] | undefined; site: string }) {
  const { t } = useTranslation();
  const section = useLocation().pathname.split("/")[3] ?? "feed";
  const current = sites?.find(({ id }) => id === site);
  if (!sites || sites.length < 2) {
    return (
      <Text size="sm" fw={500} c="dimmed" className="k-truncate" pl={4}>
        {current?.name}
      </Text>
    );
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-md"
          fw={500}
          miw={0}
          rightSection={<IconSelector size={14} />}
          aria-label={`${t("shell.site")}: ${current?.name ?? site}`}
        >
          <span className="k-truncate">{current?.name ?? site}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sites.map(({ id, name }) => (
          <Menu.Item
            key={id}
            component={Link}
            to={`/sites/${encodeURIComponent(id)}/${section}`}
            rightSection={id === site ? <IconCheck size={16} /> : null}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
