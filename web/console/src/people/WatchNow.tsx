import { Button } from "@mantine/core";
import { IconBroadcast } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useConsole, useSite, watchPath } from "../console";

const ONLINE_EVERY_MS = 10_000;

/** The visits of people who are on the site now, by person; only those that can be watched. */
export function useOnline(): ReadonlyMap<string, string> {
  const { queries } = useConsole();
  const online = useQuery({ ...queries.online(useSite()), refetchInterval: ONLINE_EVERY_MS }).data?.items ?? [];
  return new Map(online.filter(({ playable }) => playable).map(({ person, session }) => [person, session]));
}

/** The way to watch somebody who is on the site now; nothing when they are not. */
export function WatchNow({ person }: { person: string }) {
  const { t } = useTranslation();
  const site = useSite();
  const session = useOnline().get(person);
  if (session === undefined) {
    return null;
  }
  return (
    <Button
      component={Link}
      to={watchPath(site, session)}
      size="xs"
      color="red"
      leftSection={<IconBroadcast size={15} />}
    >
      {t("online.watchNow")}
    </Button>
  );
}
