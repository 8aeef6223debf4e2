import { Anchor, Badge, Group, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { personPath, useConsole, useSite } from "../console";
import { duration } from "../format/time";
import { Page } from "../ui/Page";
import { usePersonName } from "../ui/PersonLink";
import { Failed } from "../ui/states";
import { When } from "../ui/When";
import { isLive } from "./live";
import { lengthOf } from "./markers";
import { Player } from "./Player";

const LIVE_EVERY_MS = 3_000;
/** A visitor may come back to a page left open, so a recent recording is looked at again now and then. */
const RECENT_EVERY_MS = 15_000;
const RECENT_MS = 30 * 60_000;

export function ReplayPage() {
  const { t, i18n } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const session = useParams().session ?? "";
  const [params] = useSearchParams();
  const replay = useQuery({
    ...queries.replay(site, session),
    refetchInterval: ({ state: { data } }) => {
      if (!data) {
        return false;
      }
      if (isLive(data, Date.now())) {
        return LIVE_EVERY_MS;
      }
      return Date.now() - Date.parse(data.ended_at) < RECENT_MS ? RECENT_EVERY_MS : false;
    },
    refetchOnWindowFocus: false,
  });
  const person = useQuery({ ...queries.person(site, replay.data?.person ?? ""), enabled: replay.data !== undefined });
  const personName = usePersonName();
  if (!replay.data) {
    return (
      <Page title={t("replay.title")}>
        {replay.isError ? (
          <Failed error={replay.error} retry={replay.refetch} />
        ) : (
          <Skeleton height="70vh" aria-label={t("state.loading")} role="status" />
        )}
      </Page>
    );
  }
  const { data } = replay;
  const name = personName(data.person, person.data?.name, person.data?.email);
  return (
    <Page
      title={t("replay.of", { name })}
      about={
        <Group gap="xs">
          <Anchor component={Link} to={personPath(site, data.person)} size="sm">
            {t("replay.toStory")}
          </Anchor>
          <span>
            <When at={data.started_at} mode="both" /> · {duration(lengthOf(data), i18n.language)}
          </span>
          {isLive(data, Date.now()) && (
            <Badge color="red" variant="light" tt="none" leftSection={<span className="k-dot" />}>
              {t("replay.live")}
            </Badge>
          )}
        </Group>
      }
    >
      <Player key={data.session} replay={data} at={moment(params.get("t"))} />
    </Page>
  );
}

function moment(t: string | null): number {
  const value = Number(t);
  return Number.isFinite(value) ? Math.max(0, value) : 0;
}
