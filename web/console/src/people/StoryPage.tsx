import { Anchor, Button, Group } from "@mantine/core";
import { IconMovie } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useLocation, useParams } from "react-router";
import { livePath, personPath, useConsole, useSite } from "../console";
import { writeFilter } from "../live/filter";
import { Page } from "../ui/Page";
import { usePersonName } from "../ui/PersonLink";
import { Failed, LoadingRows } from "../ui/states";
import { PersonPanel } from "./PersonPanel";
import { StoryTimeline } from "./StoryTimeline";
import { WatchNow } from "./WatchNow";

/** One person: who they are on the left, what they did on the right. */
export function StoryPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const id = useParams().person ?? "";
  const { search } = useLocation();
  const personName = usePersonName();
  const person = useQuery({ ...queries.person(site, id), refetchInterval: 10_000 });
  const member = person.data?.merged_into ?? person.data?.id ?? id;
  if (member !== id) {
    // A visitor who has signed in since: a link to the device they came with leads to the member.
    return <Navigate to={personPath(site, member) + search} replace />;
  }
  const name = personName(id, person.data?.name, person.data?.email);
  return (
    <Page
      title={name}
      actions={
        <Group gap="xs">
          <WatchNow person={member} />
          <Button
            component={Link}
            to={livePath(site, `?order=newest&filter=${encodeURIComponent(writeFilter({ person: member }) ?? "")}`)}
            size="xs"
            variant="default"
            leftSection={<IconMovie size={15} />}
          >
            {t("story.recordings")}
          </Button>
        </Group>
      }
      about={
        <Anchor component={Link} to={`/sites/${encodeURIComponent(site)}/people`} size="sm">
          ← {t("nav.people")}
        </Anchor>
      }
    >
      <div className="k-split">
        <aside className="k-aside" aria-label={t("person.about")}>
          {person.data ? (
            <PersonPanel person={person.data} />
          ) : (
            <div className="k-panel">
              {person.isError ? (
                <Failed error={person.error} retry={person.refetch} />
              ) : (
                <LoadingRows rows={9} height={32} />
              )}
            </div>
          )}
        </aside>
        <section aria-label={t("story.title")} style={{ minWidth: 0 }}>
          <StoryTimeline key={id} person={id} />
        </section>
      </div>
    </Page>
  );
}
