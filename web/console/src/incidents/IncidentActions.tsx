import { Button, Menu, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBellOff, IconCheck, IconChevronDown, IconMoon } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../api/incidents";
import { useCloseIncident, useMute, useSnooze } from "../api/notificationChanges";
import { useConsole, useSite } from "../console";
import { shortTime } from "../format/time";
import { ClockInput } from "../ui/ClockInput";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { useErrorText } from "../ui/states";
import { MAX_SNOOZE_MS, snoozeChoices } from "./snooze";

/** Say nothing of it for a while, until it has come back, or ever. */
export function IncidentActions({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const site = useSite();
  const errorText = useErrorText();
  const snooze = useSnooze(api, site, incident.id);
  const close = useCloseIncident(api, site, incident.id);
  if (incident.status === "ended") {
    return null;
  }
  const error = snooze.error ?? close.error;
  return (
    <>
      {incident.status !== "closed" && (
        <>
          <SnoozeMenu name={incident.name} onChoose={(until) => snooze.mutate(until)} pending={snooze.isPending} />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCheck size={15} />}
            onClick={() => close.mutate()}
            loading={close.isPending}
            aria-label={`${t("incident.close")}: ${incident.name}`}
          >
            {t("incident.close")}
          </Button>
        </>
      )}
      <Mute incident={incident} />
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {errorText(error)}
        </Text>
      )}
    </>
  );
}

interface SnoozeProps {
  name: string;
  onChoose: (until: string) => void;
  pending: boolean;
}

function SnoozeMenu({ name, onChoose, pending }: SnoozeProps) {
  const { t, i18n } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const sites = useQuery(queries.me()).data?.sites ?? [];
  const zone = sites.find(({ id }) => id === site)?.timezone ?? "UTC";
  const [opened, dialog] = useDisclosure(false);
  const [chosen, setChosen] = useState<string | null>(null);
  // As the menu is opened: the moments are counted from then.
  const [now, setNow] = useState(Date.now);
  const good = chosen !== null && Date.parse(chosen) > now && Date.parse(chosen) <= now + MAX_SNOOZE_MS;
  return (
    <>
      <Menu position="bottom-start" onOpen={() => setNow(Date.now())}>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconMoon size={15} />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            loading={pending}
            aria-label={`${t("incident.snooze")}: ${name}`}
          >
            {t("incident.snooze")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {snoozeChoices(now, zone).map((choice) => (
            <Menu.Item key={choice.name} onClick={() => onChoose(choice.until)}>
              {t(`incident.snooze.${choice.name}`)}{" "}
              <Text span size="xs" c="dimmed">
                {shortTime(Date.parse(choice.until), now, i18n.language)}
              </Text>
            </Menu.Item>
          ))}
          <Menu.Item
            onClick={() => {
              setChosen(new Date(now + 86_400_000).toISOString());
              dialog.open();
            }}
          >
            {t("incident.snooze.until")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t("incident.snooze.title")}
        centered
        closeButtonProps={{ "aria-label": t("dialog.cancel") }}
      >
        <ClockInput
          label={t("incident.snooze.untilLabel")}
          description={t("incident.snooze.zone", { zone })}
          value={chosen}
          onChange={setChosen}
          zone={zone}
          error={chosen !== null && !good && t("incident.snooze.range")}
          data-autofocus
        />
        <Button
          mt="md"
          fullWidth
          disabled={!good}
          onClick={() => {
            if (chosen) {
              onChoose(chosen);
            }
            dialog.close();
          }}
        >
          {t("incident.snooze")}
        </Button>
      </Modal>
    </>
  );
}

function Mute({ incident: { kind, subject, name } }: { incident: Incident }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const mute = useMute(api, useSite(), kind, subject);
  const [opened, dialog] = useDisclosure(false);
  if (mute.isSuccess) {
    return (
      <Text span size="sm" c="dimmed" role="status">
        {t("incident.mutedNow")}
      </Text>
    );
  }
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        leftSection={<IconBellOff size={15} />}
        onClick={() => {
          mute.reset();
          dialog.open();
        }}
        aria-label={`${t(`incident.mute.${kind}`)}: ${name}`}
      >
        {t(`incident.mute.${kind}`)}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t("incident.mute.title", { name })}
        confirm={t(`incident.mute.${kind}`)}
        onConfirm={() => mute.mutate(undefined, { onSuccess: dialog.close })}
        pending={mute.isPending}
        error={mute.error}
      >
        {t(`incident.mute.${kind}.about`)}
      </ConfirmDialog>
    </>
  );
}
