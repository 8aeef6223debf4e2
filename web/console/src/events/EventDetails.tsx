import { Anchor, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { JsonObject } from "../api/types";
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

/** Names and values, one to a row. */
export function Fields({ label, object }: { label: string; object: JsonObject }) {
  const { t } = useTranslation();
  const entries = Object.entries(object);
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
            <Table.Td className="k-anywhere">
              {value !== null && typeof value === "object" ? <code className="k-json">{inline(value)}</code> : inline(value)}
            </Table.Td>
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
