import { Button } from "@mantine/core";
import { IconBroadcast } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useConsole, useSite, watchPath } from "../console";

const ONLINE_EVERY_MS = 10_000;

/** The way to watch somebody who is on the site now; nothing when they are not. */
export function WatchNow({ person }: { person: string }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const online = useQuery({ ...queries.online(site), refetchInterval: ONLINE_EVERY_MS }).data?.items;
  const visit = online?.find((each) => each.person === person && each.playable);
  if (!visit) {
    return null;
  }
  return (
    <Button
      component={Link}
      to={watchPath(site, visit.session)}
      size="xs"
      color="red"
      leftSection={<IconBroadcast size={15} />}
    >
      {t("online.watchNow")}
    </Button>
  );
}
