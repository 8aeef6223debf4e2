import { Badge, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerPause, IconRocket } from "@tabler/icons-react";
import type { UseMutationResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { CampaignState, CampaignStatus } from "../api/campaigns";
import type { Action } from "../api/changes";
import { ConfirmDialog } from "./ConfirmDialog";

const colors = { draft: "gray", scheduled: "indigo", live: "teal", paused: "orange", ended: "gray" } as const;

export function StatusBadge({ status }: { status: CampaignState }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[status]} tt="none" className="k-noshrink">
      {t(`status.${status}`)}
    </Badge>
  );
}

export type ActionChange = Pick<
  UseMutationResult<unknown, Error, Action>,
  "mutate" | "reset" | "isError" | "error" | "isPending"
>;

interface Props {
  of: "campaign" | "segment" | "rule";
  name: string;
  status: CampaignStatus;
  change: ActionChange;
}

/** Publish or pause, once it has been confirmed; the status changes when the server says so. */
export function Publishing({ of, name, status, change }: Props) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
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
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t(`${of}.${action}Title`)}
        confirm={word}
        onConfirm={() => change.mutate(action, { onSuccess: dialog.close })}
        pending={change.isPending}
        error={change.isError ? change.error : null}
      >
        {t(`${of}.${action}About`, { name })}
      </ConfirmDialog>
    </>
  );
}
