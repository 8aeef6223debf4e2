import { ActionIcon, NativeSelect, Popover, Text, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { expression, FORMATS, type Format } from "../preview/expressions";
import { useVariables } from "./useVariables";

interface Props {
  /** Take an expression such as "{{ cart.total | yen }}". */
  onPick: (text: string) => void;
  /** What it is put into. */
  into: string;
}

/** Choose a value that is filled in for each visitor. */
export function VariablePicker({ onPick, into }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const label = t("variable.insert", { into });
  return (
    <Popover opened={opened} onChange={setOpened} width={290} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t("variable.insertShort")} disabled={opened}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={label}
            // The caret stays where it is in the field.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setOpened(!opened)}
          >
            <IconBraces size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={label}>
        <Choices
          onPick={(text) => {
            setOpened(false);
            onPick(text);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ onPick }: Pick<Props, "onPick">) {
  const { t } = useTranslation();
  const groups = useVariables();
  const [search, setSearch] = useState("");
  const [format, setFormat] = useState<Format | "">("");
  const wanted = search.trim().toLowerCase();
  const found = groups
    .map(({ name, paths }) => ({ name, paths: paths.filter((path) => path.toLowerCase().includes(wanted)) }))
    .filter(({ paths }) => paths.length > 0);
  return (
    <>
      <div className="k-variable-head">
        <TextInput
          size="xs"
          aria-label={t("variable.search")}
          placeholder={t("variable.search")}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          data-autofocus
        />
        <NativeSelect
          size="xs"
          aria-label={t("variable.format")}
          value={format}
          onChange={({ currentTarget }) => setFormat(currentTarget.value as Format | "")}
          data={[
            { value: "", label: t("format.none") },
            ...FORMATS.map((each) => ({ value: each, label: t(`format.${each}`) })),
          ]}
        />
      </div>
      <div className="k-variables">
        {found.length === 0 && (
          <Text size="xs" c="dimmed">
            {t("list.noMatch")}
          </Text>
        )}
        {found.map(({ name, paths }) => (
          <div key={name}>
            <Text size="xs" c="dimmed" fw={600}>
              {name}
            </Text>
            {paths.map((path) => (
              <UnstyledButton
                key={path}
                className="k-variable"
                onClick={() => onPick(expression(path, format || null))}
              >
                {path}
              </UnstyledButton>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}
