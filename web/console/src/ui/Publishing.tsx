import { Alert, Badge, Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerPause, IconRocket } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Action } from "../api/changes";
import type { CampaignStatus } from "../api/types";
import { useErrorText } from "./states";

const colors = { draft: "gray", live: "teal", paused: "orange", ended: "gray" } as const;

export function StatusBadge({ status }: { status: CampaignStatus }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[status]} tt="none" className="k-noshrink">
      {t(`status.${status}`)}
    </Badge>
  );
}

interface Props {
  of: "campaign" | "segment";
  name: string;
  status: CampaignStatus;
  change: Pick<UseMutationResult<unknown, Error, Action>, "mutate" | "reset" | "isError" | "error" | "isPending">;
}

/** Publish or pause, once it has been confirmed; the status changes when the server says so. */
export function Publishing({ of, name, status, change }: Props) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  const errorText = useErrorText();
  const action = status === "live" ? "pause" : "publish";
  const word = t(`campaign.${action}`);
  return (
    <>
      <Button
        size="xs"
        variant={action === "publish" ? "filled" : "default"}
        leftSection={action === "publish" ? <IconRocket size={15} /> : <IconPlayerPause size={15} />}
        onClick={() => {
          change.reset();
          dialog.open();
        }}
        aria-label={`${word}: ${name}`}
      >
        {word}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t(`${of}.${action}Title`)}
        centered
        closeButtonProps={{ "aria-label": t("dialog.cancel") }}
      >
        <Text size="sm">{t(`${of}.${action}About`, { name })}</Text>
        {change.isError && (
          <Alert color="red" variant="light" mt="md" role="alert">
            {errorText(change.error)}
          </Alert>
        )}
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={dialog.close}>
            {t("dialog.cancel")}
          </Button>
          <Button
            onClick={() => change.mutate(action, { onSuccess: dialog.close })}
            loading={change.isPending}
            data-autofocus
          >
            {word}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
