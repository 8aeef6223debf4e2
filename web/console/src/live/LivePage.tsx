import "./live.css";
import { Badge, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useConsole, useSite } from "../console";
import { number } from "../format/values";
import { Page } from "../ui/Page";
import { Online } from "./Online";
import { Recordings } from "./Recordings";

const ONLINE_EVERY_MS = 5_000;

/** Who is there now, and the recordings of those who were. */
export function LivePage() {
  const { t, i18n } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const [params, setParams] = useSearchParams();
  const tab = params.get("tab") === "now" ? "now" : "recordings";
  const online = useQuery({ ...queries.online(site), refetchInterval: ONLINE_EVERY_MS });
  const count = online.data?.items.length ?? 0;
  return (
    <Page title={t("nav.replays")} about={t("live.about")}>
      <Tabs
        value={tab}
        onChange={(next) =>
          setParams((before) => {
            if (next === "now") {
              before.set("tab", "now");
            } else {
              before.delete("tab");
            }
            return before;
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="recordings">{t("live.recordings")}</Tabs.Tab>
          <Tabs.Tab
            value="now"
            rightSection={
              count > 0 && (
                <Badge size="sm" color="red" variant="light" leftSection={<span className="k-dot k-pulse" />}>
                  {number(count, i18n.language)}
                </Badge>
              )
            }
          >
            {t("live.now")}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="recordings">
          <Recordings />
        </Tabs.Panel>
        <Tabs.Panel value="now">
          <Online online={online} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
