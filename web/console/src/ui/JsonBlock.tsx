import { ActionIcon, Box, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function Copy({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t("copy.done") : label}>
          <ActionIcon
            variant="subtle"
            color={copied ? "teal" : "gray"}
            onClick={copy}
            aria-label={copied ? t("copy.done") : label}
          >
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** Text to read and copy: JSON, a snippet. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <Box className="k-code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <pre tabIndex={0}>{code}</pre>
      <Box className="k-code-copy">
        <Copy value={code} label={label} />
      </Box>
    </Box>
  );
}

/** A value as JSON; text, which may be JSON that was cut off, as it is. */
export function JsonBlock({ value }: { value: unknown }) {
  const { t } = useTranslation();
  const code = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return <CodeBlock code={code} label={t("copy.json")} />;
}
