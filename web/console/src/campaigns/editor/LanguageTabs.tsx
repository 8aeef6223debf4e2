import { ActionIcon, Button, Group, Menu, Tabs, Text } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { emptyContent } from "../content/empty";
import { LayoutFields } from "../content/LayoutFields";
import { contentWords } from "../content/words";
import { type ActionDocument, LOCALES, type Locale } from "../document";
import { useEditor } from "./context";

interface Props {
  action: ActionDocument;
  path: string;
  onChange: (action: ActionDocument) => void;
}

/** The words of each language; a visitor whose language is missing gets the other. */
export function LanguageTabs({ action, path, onChange }: Props) {
  const { t } = useTranslation();
  const { definition, locale, setLocale, variant } = useEditor();
  return (
    <Tabs value={locale} onChange={(next) => setLocale(next as Locale)} keepMounted={false} className="k-languages">
      <Tabs.List mb="sm" aria-label={t("content.languages")}>
        {LOCALES.map((each) => (
          <Tabs.Tab key={each} value={each} data-missing={action.content[each] === undefined}>
            {t(`locale.${each}`)}
            {action.content[each] === undefined && (
              <Text span size="xs" c="dimmed" ml={6}>
                {t("content.missing")}
              </Text>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <LanguageMenu action={action} locale={locale} onChange={onChange} />
      {LOCALES.map((each) => (
        <Tabs.Panel key={each} value={each}>
          {action.content[each] === undefined ? (
            <Missing action={action} locale={each} onChange={onChange} />
          ) : (
            // Fields that hold what is typed belong to one variant of one layout.
            <LayoutFields
              key={`${definition.variants[variant]?.id} ${action.type}`}
              action={action}
              locale={each}
              path={path}
              onChange={onChange}
            />
          )}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

const otherThan = (locale: Locale): Locale => (locale === "ja" ? "en" : "ja");

type Change = Pick<Props, "action" | "onChange"> & { locale: Locale };

function copied({ action, locale }: Pick<Change, "action" | "locale">): ActionDocument {
  const from = action.content[otherThan(locale)];
  return { ...action, content: { ...action.content, [locale]: structuredClone(from ?? {}) } };
}

function Missing({ action, locale, onChange }: Change) {
  const { t } = useTranslation();
  const other = otherThan(locale);
  return (
    <div className="k-missing">
      <Text size="sm" c="dimmed">
        {t("content.missingAbout", { language: t(`locale.${locale}`), other: t(`locale.${other}`) })}
      </Text>
      <Group gap="sm">
        <Button size="xs" onClick={() => onChange(copied({ action, locale }))}>
          {t("content.copyFrom", { other: t(`locale.${other}`) })}
        </Button>
        {/* Where the languages have to be alike, one cannot begin with nothing. */}
        {action.type !== "survey" && action.type !== "checklist" && (
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              onChange({
                ...action,
                content: { ...action.content, [locale]: emptyContent(action.type, locale, contentWords) },
              })
            }
          >
            {t("content.begin")}
          </Button>
        )}
      </Group>
    </div>
  );
}

function LanguageMenu({ action, locale, onChange }: Change) {
  const { t } = useTranslation();
  const other = otherThan(locale);
  if (action.content.ja === undefined || action.content.en === undefined) {
    return null;
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          className="k-language-menu"
          aria-label={t("content.languageMenu", { language: t(`locale.${locale}`) })}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChange(copied({ action, locale }))}>
          {t("content.replaceFrom", { other: t(`locale.${other}`) })}
        </Menu.Item>
        <Menu.Item
          color="red"
          onClick={() => {
            const { [locale]: _, ...content } = action.content;
            onChange({ ...action, content });
          }}
        >
          {t("content.removeLanguage", { language: t(`locale.${locale}`) })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
