import { Alert, Button, Group, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "./states";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** What the button that goes on says. */
  confirm: string;
  onConfirm: () => void;
  pending: boolean;
  error: Error | null;
  /** It takes something away. */
  dangerous?: boolean;
}

/** Ask before doing what others will see. */
export function ConfirmDialog({
  opened,
  onClose,
  title,
  children,
  confirm,
  onConfirm,
  pending,
  error,
  dangerous,
}: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ "aria-label": t("dialog.cancel") }}
    >
      <Text size="sm" component="div">
        {children}
      </Text>
      {error && (
        <Alert color="red" variant="light" mt="md" role="alert">
          {errorText(error)}
        </Alert>
      )}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t("dialog.cancel")}
        </Button>
        <Button onClick={onConfirm} loading={pending} data-autofocus {...(dangerous ? { color: "red" } : {})}>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
