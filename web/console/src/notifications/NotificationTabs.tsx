import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSite } from "../console";
import { destinationPath, rulePath } from "./paths";

/** The two lists that notifications are made of. */
export function NotificationTabs({ at }: { at: "rules" | "destinations" }) {
  const { t } = useTranslation();
  const site = useSite();
  return (
    <nav className="k-subnav" aria-label={t("nav.notifications")}>
      <Link to={rulePath(site)} aria-current={at === "rules" ? "page" : undefined}>
        {t("rules.title")}
      </Link>
      <Link to={destinationPath(site)} aria-current={at === "destinations" ? "page" : undefined}>
        {t("destinations.title")}
      </Link>
    </nav>
  );
}
