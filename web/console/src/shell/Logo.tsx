import { Group, Text } from "@mantine/core";

export function Logo({ compact = false }: { compact?: boolean }) {
  return (
    <Group gap={8} wrap="nowrap">
      <img src="/favicon.svg" alt="" width={28} height={28} style={{ display: "block" }} />
      <Text
        fw={700}
        size="lg"
        component="span"
        {...(compact ? { visibleFrom: "xs" } : {})}
        style={{ letterSpacing: "-0.01em" }}
      >
        Kizuki
      </Text>
    </Group>
  );
}
