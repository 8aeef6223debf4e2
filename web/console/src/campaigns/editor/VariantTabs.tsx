import { ActionIcon, Button, Menu, Tabs, TextInput, Tooltip } from "@mantine/core";
import { IconCopy, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { WholeNumber } from "../../ui/WholeNumber";
import { emptyAction } from "../content/empty";
import { contentWords } from "../content/words";
import type { Variant } from "../document";
import { useEditor } from "./context";

const MOST = 20;

/** The variants: choose, name and weigh one; add, copy and remove. */
export function VariantTabs() {
  const { t } = useTranslation();
  const { definition, change, variant: index, setVariant, locale } = useEditor();
  const { variants } = definition;
  const variant = variants[index];
  if (!variant) {
    return null;
  }
  const set = (fields: Partial<Variant>) =>
    change({ variants: variants.map((each, n) => (n === index ? { ...each, ...fields } : each)) });

  function add(action: Variant["action"]) {
    const id = freeVariantId(variants.map((each) => each.id));
    change({ variants: [...variants, { id, name: "", weight: 1, action }] });
    setVariant(variants.length);
  }

  return (
    <div className="k-variants">
      <div className="k-tabs-line">
        <Tabs value={String(index)} onChange={(next) => setVariant(Number(next))} variant="pills">
          <Tabs.List aria-label={t("variants.label")}>
            {variants.map((each, n) => (
              <Tabs.Tab key={each.id} value={String(n)}>
                {each.id}
                {each.name && ` · ${each.name}`}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        {variants.length < MOST && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button size="xs" variant="subtle" leftSection={<IconPlus size={14} />}>
                {t("variants.add")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => add(structuredClone(variant.action))}>
                {t("variants.copy", { id: variant.id })}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconPlus size={15} />}
                onClick={() => add(emptyAction(variant.action.type, locale, contentWords))}
              >
                {t("variants.blank")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {variants.length > 1 && (
        <div className="k-variant-head">
          <TextInput
            size="xs"
            label={t("variants.name")}
            value={variant.name ?? ""}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
            maxLength={256}
          />
          <WholeNumber
            // Another variant's is another field.
            key={variant.id}
            size="xs"
            label={t("variants.weight")}
            value={variant.weight ?? 1}
            onChange={(weight) => set({ weight })}
            min={1}
            max={1000}
            w={96}
          />
          <Tooltip label={t("variants.remove", { id: variant.id })}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("variants.remove", { id: variant.id })}
              onClick={() => {
                change({ variants: variants.toSpliced(index, 1) });
                setVariant(Math.max(0, index - 1));
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
    </div>
  );
}

/** a, b, c …, then v27 and on. */
export function freeVariantId(taken: readonly string[]): string {
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  for (let n = 0; ; n++) {
    const id = letters[n] ?? `v${n + 1}`;
    if (!taken.includes(id)) {
      return id;
    }
  }
}
