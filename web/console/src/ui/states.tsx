import { Alert, Box, Button, Center, Skeleton, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";

/** Rows that take the space of what is being loaded, so that nothing jumps. */
export function LoadingRows({ rows = 8, height = 44 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap={8} p="md" role="status" aria-label={t("state.loading")}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <Skeleton key={row} height={height - 8} radius="sm" />
      ))}
    </Stack>
  );
}

export function Empty({
  icon: Icon,
  title,
  children,
}: {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  children?: ReactNode;
}) {
  return (
    <Center p="xl" mih={220}>
      <Stack align="center" gap="xs" maw={520} ta="center">
        <ThemeIcon size={52} radius="xl" variant="light" aria-hidden>
          <Icon size={26} stroke={1.6} />
        </ThemeIcon>
        <Text fw={600} mt="xs">
          {title}
        </Text>
        {children && (
          <Box c="dimmed" fz="sm">
            {children}
          </Box>
        )}
      </Stack>
    </Center>
  );
}

/** Refusals that have words of their own. */
const CODES = {
  id_taken: "error.idTaken",
  scripts_off: "script.off",
  admins_only: "error.adminsOnly",
  built_in_template: "error.builtInTemplate",
} as const;

export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError)) {
      return t("error.unknown");
    }
    if (error.code in CODES) {
      return t(CODES[error.code as keyof typeof CODES]);
    }
    switch (error.status) {
      case 0:
        return t("error.unreachable");
      case 403:
        return t("error.forbidden");
      case 404:
        return t("error.notFound");
      case 429:
      case 503:
        return t("error.busy");
      default:
        return error.message || t("error.unknown");
    }
  };
}

export function Failed({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t("error.title")} m="md">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{errorText(error)}</Text>
        {retry && (
          <Button size="xs" variant="default" onClick={() => void retry()}>
            {t("error.retry")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** What one has stays on screen while asking again fails. */
export function StaleNotice({ error, retry }: { error: unknown; retry: () => unknown }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} py="xs" mb="sm" role="status">
      {errorText(error)}{" "}
      <Button size="compact-xs" variant="default" onClick={() => void retry()}>
        {t("error.retry")}
      </Button>
    </Alert>
  );
}
