import { Alert, Badge, Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerPause, IconRocket } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useChangeCampaign } from "../api/queries";
import type { Campaign } from "../api/types";
import { useConsole, useSite } from "../console";
import { useErrorText } from "../ui/states";

const colors = { draft: "gray", live: "teal", paused: "orange", ended: "gray" } as const;

export function StatusBadge({ status }: { status: Campaign["status"] }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[status]} tt="none" className="k-noshrink">
      {t(`status.${status}`)}
    </Badge>
  );
}

/** Publish or pause, once it has been confirmed; the status changes when the server says so. */
export function PublishButton({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const change = useChangeCampaign(api, useSite(), campaign.id);
  const [opened, dialog] = useDisclosure(false);
  const errorText = useErrorText();
  const action = campaign.status === "live" ? "pause" : "publish";

  function confirm() {
    change.mutate(action, { onSuccess: dialog.close });
  }

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
        aria-label={`${t(`campaign.${action}`)}: ${campaign.name}`}
      >
        {t(`campaign.${action}`)}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t(`campaign.${action}Title`)}
        centered
        closeButtonProps={{ "aria-label": t("dialog.cancel") }}
      >
        <Text size="sm">{t(`campaign.${action}About`, { name: campaign.name })}</Text>
        {change.isError && (
          <Alert color="red" variant="light" mt="md" role="alert">
            {errorText(change.error)}
          </Alert>
        )}
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={dialog.close}>
            {t("dialog.cancel")}
          </Button>
          <Button onClick={confirm} loading={change.isPending} data-autofocus>
            {t(`campaign.${action}`)}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
