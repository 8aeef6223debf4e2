import { Anchor, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Json, JsonObject } from "../api/types";
import { inline } from "../format/values";

/** An address a visitor sent is only followed when it is a web page. */
export function WebLink({ url }: { url: string }) {
  return /^https?:\/\//i.test(url) ? (
    <Anchor href={url} target="_blank" rel="noopener noreferrer" size="sm" className="k-anywhere">
      {url}
    </Anchor>
  ) : (
    <Text span size="sm" className="k-anywhere">
      {url}
    </Text>
  );
}

/** Nested objects as dotted paths, the way conditions name them. */
function flattened(object: JsonObject, prefix = ""): [string, Json][] {
  return Object.entries(object).flatMap(([key, value]): [string, Json][] =>
    value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 0
      ? flattened(value, `${prefix}${key}.`)
      : [[prefix + key, value]],
  );
}

/** Names and values, one to a row. */
export function Fields({ label, object }: { label: string; object: JsonObject }) {
  const { t } = useTranslation();
  const entries = flattened(object);
  if (entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t("fields.none")}
      </Text>
    );
  }
  return (
    <Table className="k-fields" aria-label={label} layout="fixed">
      <Table.Tbody>
        {entries.map(([key, value]) => (
          <Table.Tr key={key}>
            <Table.Th scope="row" className="k-anywhere">
              {key}
            </Table.Th>
            <Table.Td className="k-anywhere">{inline(value)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function LabelledFields({ label, object }: { label: string; object: JsonObject }) {
  return (
    <Stack gap={4}>
      <Text size="xs" fw={600} c="dimmed">
        {label}
      </Text>
      <Fields label={label} object={object} />
    </Stack>
  );
}
