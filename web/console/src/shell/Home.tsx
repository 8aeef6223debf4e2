import { Center, Loader } from "@mantine/core";
import { IconBuildingStore } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";
import { useConsole } from "../console";
import { Empty, Failed } from "../ui/states";
import { lastSite } from "./lastSite";

/** Go on to the live feed of the site the operator last worked on. */
export function Home() {
  const { t } = useTranslation();
  const { site } = useParams();
  const { queries, session } = useConsole();
  const me = useQuery(queries.me());
  if (site) {
    return <Navigate to={`/sites/${encodeURIComponent(site)}/feed`} replace />;
  }
  if (me.isPending) {
    return (
      <Center h="100dvh">
        <Loader aria-label={t("state.loading")} />
      </Center>
    );
  }
  if (me.isError) {
    return <Failed error={me.error} retry={me.refetch} />;
  }
  const chosen = me.data.sites.find(({ id }) => id === lastSite.get()) ?? me.data.sites[0];
  if (!chosen) {
    return (
      <Center h="100dvh">
        <Empty icon={IconBuildingStore} title={t("home.noSites")}>
          {t("home.noSitesAbout", { email: me.data.email ?? "–" })}
          <br />
          <button type="button" className="k-link" onClick={() => void session.signOut()}>
            {t("shell.signOut")}
          </button>
        </Empty>
      </Center>
    );
  }
  return <Navigate to={`/sites/${encodeURIComponent(chosen.id)}/feed`} replace />;
}
