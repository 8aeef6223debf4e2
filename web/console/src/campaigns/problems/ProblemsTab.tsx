import "./problems.css";
import { Anchor, Button, Text } from "@mantine/core";
import { IconDeviceDesktopCheck, IconPlayerPlay } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Campaign, ScreenProblem } from "../../api/campaigns";
import { campaignPath, replayMoment, useConsole, useSite } from "../../console";
import { regional } from "../../format/locale";
import { pathOf } from "../../format/values";
import { LoadMore } from "../../ui/LoadMore";
import { PersonLink } from "../../ui/PersonLink";
import { Empty, Failed, LoadingRows } from "../../ui/states";
import { When } from "../../ui/When";
import { ScreenDrawing } from "./ScreenDrawing";

const KNOWN = [
  "not_rendered",
  "outside_viewport",
  "covered",
  "covers_control",
  "overlaps_campaign",
  "selector_missing",
  "low_contrast",
  "script_error",
] as const;
type Known = (typeof KNOWN)[number];

/** What the tag found wrong with how the campaign looked on somebody's screen. */
export function ProblemsTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const problems = useInfiniteQuery(queries.screenProblems(useSite(), campaign.id));
  const loaded = problems.data?.pages.flatMap((page) => page.items) ?? [];
  if (!problems.data) {
    return (
      <div className="k-panel">
        {problems.isError ? <Failed error={problems.error} retry={problems.refetch} /> : <LoadingRows />}
      </div>
    );
  }
  if (loaded.length === 0) {
    return (
      <div className="k-panel">
        <Empty icon={IconDeviceDesktopCheck} title={t("problems.none")}>
          {t("problems.noneAbout")}
        </Empty>
      </div>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t("problems.about")}
      </Text>
      <ul className="k-plainlist k-problems">
        {loaded.map((problem) => (
          <li key={`${problem.at} ${problem.person} ${problem.problem}`} className="k-panel">
            <ProblemCard problem={problem} />
          </li>
        ))}
      </ul>
      <LoadMore {...problems} />
    </>
  );
}

function ProblemCard({ problem }: { problem: ScreenProblem }) {
  const { t } = useTranslation();
  const site = useSite();
  const known = KNOWN.find((each) => each === problem.problem);
  return (
    <article className="k-problem-card">
      <div className="k-problem-screen">
        {problem.viewport ? (
          <ScreenDrawing viewport={problem.viewport} box={problem.box} />
        ) : (
          <Text size="xs" c="dimmed">
            {t("problems.noDrawing")}
          </Text>
        )}
      </div>
      <div className="k-problem-words">
        <Text fw={600} size="sm" component="h2" m={0}>
          {known ? t(`problem.${known}`) : problem.problem}
        </Text>
        <Text size="sm" c="dimmed">
          {known && t(`problemAbout.${known}`)}
        </Text>
        {known && <Detail problem={problem} known={known} />}
        <Text size="xs" c="dimmed" className="k-anywhere">
          <When at={problem.at} mode="both" />
          {problem.device && ` · ${deviceName(problem.device, t)}`}
          {problem.variant && ` · ${t("campaign.variant", { id: problem.variant })}`}
          {problem.url && (
            <>
              {" · "}
              <span title={problem.url}>{pathOf(problem.url)}</span>
            </>
          )}
        </Text>
        <div className="k-problem-actions">
          <PersonLink id={problem.person} />
          {problem.replay && (
            <Button
              component={Link}
              to={replayMoment(site, problem.replay)}
              size="compact-sm"
              variant="light"
              leftSection={<IconPlayerPlay size={14} />}
            >
              {t("problems.play")}
            </Button>
          )}
        </div>
      </div>
    </article>
  );
}

const deviceName = (device: string, t: TFunction) =>
  device === "desktop" || device === "mobile" ? t(`device.${device}`) : device;

/** What it covers or is covered by; how little contrast there was. */
function Detail({ problem: { other, ratio }, known }: { problem: ScreenProblem; known: Known }) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  if (known === "low_contrast" && ratio !== null) {
    return (
      <Text size="sm">
        {t("problems.ratio", {
          ratio: new Intl.NumberFormat(regional(i18n.language), { maximumFractionDigits: 2 }).format(ratio),
        })}
      </Text>
    );
  }
  if (!other) {
    return null;
  }
  if (known === "overlaps_campaign") {
    return (
      <Text size="sm">
        {t("problems.otherCampaign")}{" "}
        <Anchor component={Link} to={campaignPath(site, other)} underline="always">
          {other}
        </Anchor>
      </Text>
    );
  }
  return (
    <Text size="sm" className="k-anywhere">
      {t(
        known === "covered"
          ? "problems.coveredBy"
          : known === "covers_control"
            ? "problems.covers"
            : "problems.element",
      )}{" "}
      <code>{other}</code>
    </Text>
  );
}
