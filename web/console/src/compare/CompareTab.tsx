import "./compare.css";
import { Anchor, Button, Group, SegmentedControl, Text, Title } from "@mantine/core";
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconRotate, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Campaign } from "../api/campaigns";
import type { ComparedGroup, Comparison } from "../api/live";
import { livePath, useConsole, useSite } from "../console";
import { number } from "../format/values";
import { writeFilter } from "../live/filter";
import { Empty, Failed, LoadingRows } from "../ui/states";
import { ComparePlayer, type Together } from "./ComparePlayer";
import { Differences } from "./Differences";

/** The four groups of a campaign side by side: how typical people of each went on, and what differs. */
export function CompareTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const comparison = useQuery(queries.comparison(useSite(), campaign.id));
  if (!comparison.data) {
    return (
      <div className="k-panel">
        {comparison.isError ? (
          <Failed error={comparison.error} retry={comparison.refetch} />
        ) : (
          <LoadingRows rows={6} height={72} />
        )}
      </div>
    );
  }
  if (comparison.data.groups.every(({ people }) => people.length === 0)) {
    return (
      <div className="k-panel">
        <Empty icon={IconUsers} title={t("compare.none")}>
          {t("compare.noneAbout")}
        </Empty>
      </div>
    );
  }
  return <Compared campaign={campaign} comparison={comparison.data} />;
}

function Compared({ campaign, comparison }: { campaign: Campaign; comparison: Comparison }) {
  const { t } = useTranslation();
  const [together, setTogether] = useState<Together>({ playing: false, restarts: 0 });
  const { playing } = together;
  return (
    <div className="k-stack">
      <section className="k-panel" aria-labelledby="compare-groups">
        <Group justify="space-between" align="flex-start" gap="sm" className="k-pad">
          <div style={{ flex: "1 1 260px" }}>
            <Title order={2} size="h6" id="compare-groups">
              {t("compare.title")}
            </Title>
            <Text size="xs" c="dimmed">
              {t("compare.about")}
            </Text>
          </div>
          <Group gap="xs">
            <Button
              size="xs"
              leftSection={playing ? <IconPlayerPauseFilled size={15} /> : <IconPlayerPlayFilled size={15} />}
              onClick={() => setTogether({ ...together, playing: !playing })}
            >
              {t(playing ? "compare.pauseAll" : "compare.playAll")}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRotate size={15} />}
              onClick={() => setTogether({ ...together, restarts: together.restarts + 1 })}
            >
              {t("compare.restart")}
            </Button>
          </Group>
        </Group>
        <div className="k-compare">
          {comparison.groups.map((group) => (
            <GroupColumn key={group.group} campaign={campaign} group={group} together={together} />
          ))}
        </div>
      </section>
      <Differences comparison={comparison} />
    </div>
  );
}

function GroupColumn({ campaign, group, together }: { campaign: Campaign; group: ComparedGroup; together: Together }) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  const [chosen, setChosen] = useState(0);
  const person = group.people[chosen] ?? group.people[0];
  const title = t(`group.${group.group}`);
  const all = writeFilter({ campaign: { id: campaign.id, group: group.group } });
  return (
    <section className="k-compare-group" aria-label={title} data-group={group.group}>
      <Title order={3} size="sm">
        {title}
      </Title>
      <Text size="xs" c="dimmed" mb={6}>
        {t("compare.size", { count: group.size, n: number(group.size, i18n.language) })}
        {group.recorded > 0 && (
          <>
            {" · "}
            <Anchor component={Link} to={livePath(site, `?filter=${encodeURIComponent(all ?? "")}`)} size="xs">
              {t("compare.allRecordings")}
            </Anchor>
          </>
        )}
      </Text>
      {person ? (
        <>
          <div className="k-compare-people">
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label={t("compare.person", { group: title })}
              value={String(chosen)}
              onChange={(next) => setChosen(Number(next))}
              data={group.people.map((_, index) => ({ value: String(index), label: String(index + 1) }))}
            />
          </div>
          <ComparePlayer key={person.replay.id + person.replay.offset} person={person} together={together} />
        </>
      ) : (
        <Text size="sm" c="dimmed" className="k-compare-none">
          {t("compare.nobody")}
        </Text>
      )}
    </section>
  );
}
