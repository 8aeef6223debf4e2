import { Box, Group, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

interface Props {
  title: string;
  /** Names the browser's tab when the heading alone would not. */
  documentTitle?: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page's heading and body, and its name in the browser's tab. */
export function Page({ title, documentTitle = title, about, actions, children }: Props) {
  useEffect(() => {
    document.title = `${documentTitle} · Kizuki`;
  }, [documentTitle]);
  return (
    <Box component="article" className="k-page">
      <Group justify="space-between" align="flex-start" gap="sm" mb="md" wrap="wrap">
        <Box style={{ minWidth: 0, flex: "1 1 240px" }}>
          <Title order={1} size="h2" style={{ overflowWrap: "anywhere" }}>
            {title}
          </Title>
          {about && (
            <Text c="dimmed" size="sm" mt={4} component="div">
              {about}
            </Text>
          )}
        </Box>
        {actions}
      </Group>
      {children}
    </Box>
  );
}
