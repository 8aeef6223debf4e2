import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { WhereFields } from "./ComparisonFields";
import type { EventNames, Where } from "./document";

interface Props {
  event: EventNames | undefined;
  where: readonly Where[];
  onChange: (where: Where[]) => void;
  wrong: (field: string) => boolean;
}

/** Which of the events count: all of these conditions hold of each. */
export function WhereList({ event, where, onChange, wrong }: Props) {
  const { t } = useTranslation();
  return (
    <div className="k-where">
      {where.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no identity but their place
        <fieldset key={index} className="k-where-row" aria-label={t("builder.whereN", { n: index + 1 })}>
          <WhereFields
            leaf={each}
            event={event}
            onChange={(next) => onChange(where.with(index, next))}
            wrong={(field) => wrong(`where[${index}].${field}`) || wrong(`where[${index}]`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("builder.removeWhere", { n: index + 1 })}
            onClick={() => onChange(where.toSpliced(index, 1))}
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
          onClick={() => onChange([...where, { type: "property", op: "eq" }])}
        >
          {t("builder.addWhere")}
        </Button>
      )}
    </div>
  );
}
