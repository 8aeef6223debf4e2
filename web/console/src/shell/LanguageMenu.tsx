import { Button, Menu } from "@mantine/core";
import { IconCheck, IconLanguage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, languages } from "../i18n";

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const current = languages.find(({ value }) => value === i18n.language);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          fw={500}
          leftSection={<IconLanguage size={18} stroke={1.6} />}
          aria-label={`${t("shell.language")}: ${current?.label}`}
        >
          <span className="k-label">{current?.label}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map(({ value, label }) => (
          <Menu.Item
            key={value}
            lang={value}
            onClick={() => chooseLanguage(value)}
            rightSection={value === i18n.language ? <IconCheck size={16} /> : null}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
