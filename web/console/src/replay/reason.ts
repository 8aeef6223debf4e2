import { useTranslation } from "react-i18next";

/** Why a recording cannot be played, in words. */
export function useReplayReason(): (reason: string | null) => string {
  const { t } = useTranslation();
  return (reason) => {
    switch (reason) {
      case "no_full_snapshot":
        return t("replay.reason.noSnapshot");
      case "expired":
        return t("replay.reason.expired");
      case "missing":
        return t("replay.reason.missing");
      case "damaged":
        return t("replay.reason.damaged");
      default:
        return reason ?? t("replay.reason.unknown");
    }
  };
}
