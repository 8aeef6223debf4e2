import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../ui/Page";
import { LiveFeed } from "./LiveFeed";
import { RefusedEvents } from "./RefusedEvents";

export function FeedPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const tab = params.get("tab") === "refused" ? "refused" : "events";
  return (
    <Page title={t("nav.feed")} about={t("feed.about")}>
      <Tabs
        value={tab}
        onChange={(value) => setParams(value === "refused" ? { tab: "refused" } : {}, { replace: true })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="events">{t("feed.events")}</Tabs.Tab>
          <Tabs.Tab value="refused">{t("feed.refused")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="events">{tab === "events" && <LiveFeed />}</Tabs.Panel>
        <Tabs.Panel value="refused">{tab === "refused" && <RefusedEvents />}</Tabs.Panel>
      </Tabs>
    </Page>
  );
}
