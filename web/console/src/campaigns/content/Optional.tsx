import { Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  name: string;
  present?: boolean;
  onAdd: () => void;
  onRemove?: () => void;
  children?: ReactNode;
}

/** A part of the content that may be left out. */
export function Optional({ name, present = false, onAdd, onRemove, children }: Props) {
  const { t } = useTranslation();
  if (!present) {
    return (
      <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={onAdd} className="k-add">
        {t("content.add", { name })}
      </Button>
    );
  }
  return (
    <fieldset className="k-part" aria-label={name}>
      <div className="k-part-head">
        <span>{name}</span>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={13} />}
          onClick={onRemove}
          aria-label={t("content.remove", { name })}
        >
          {t("content.removeShort")}
        </Button>
      </div>
      {children}
    </fieldset>
  );
}
