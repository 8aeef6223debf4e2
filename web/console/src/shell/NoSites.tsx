import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useConsole } from "../console";
import { Page } from "../ui/Page";

/** Signing in again is what brings a new membership: the sites one may see are in the token. */
export function NoSites() {
  const { t } = useTranslation();
  const { session } = useConsole();
  return (
    <Page title={t("home.noSites")} about={t("home.noSitesAbout", { email: session.email() ?? "–" })}>
      <Button variant="default" onClick={() => void session.signOut()}>
        {t("shell.signOut")}
      </Button>
    </Page>
  );
}
