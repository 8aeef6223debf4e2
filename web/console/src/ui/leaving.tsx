import { Button, Group, Modal, Text } from "@mantine/core";
import { type RefObject, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { type Blocker, useBlocker } from "react-router";

/**
 * Hold the operator back where something would be lost; `allowed` lets the next navigation pass. With `wholePath`, all
 * of one path is the same editor, whatever its query says.
 */
export function useLeaveBlocker(dirty: boolean, allowed: RefObject<boolean>, wholePath = false): Blocker {
  useEffect(() => {
    if (!dirty) {
      return;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
  return useBlocker(
    ({ currentLocation: from, nextLocation: to }) =>
      dirty &&
      !allowed.current &&
      (wholePath ? from.pathname !== to.pathname : from.pathname + from.search !== to.pathname + to.search),
  );
}

/** The same as a part of the page: the router asks only one blocker, so where nothing is to be held back there is none. */
export function LeaveGuard({ dirty, allowed }: { dirty: boolean; allowed: RefObject<boolean> }) {
  return <LeaveDialog blocker={useLeaveBlocker(dirty, allowed)} />;
}

export function LeaveDialog({ blocker }: { blocker: Blocker }) {
  const { t } = useTranslation();
  const stay = () => blocker.reset?.();
  return (
    <Modal
      opened={blocker.state === "blocked"}
      onClose={stay}
      title={t("leave.title")}
      centered
      closeButtonProps={{ "aria-label": t("leave.stay") }}
    >
      <Text size="sm">{t("leave.about")}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t("leave.leave")}
        </Button>
        <Button onClick={stay} data-autofocus>
          {t("leave.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
