import { useTranslation } from "react-i18next";

/** Why a recording cannot be played, in words; the API's own reason is added when it gives one. */
export function useReplayReason(): (reason: string | null) => string {
  const { t } = useTranslation();
  return (reason) => {
    if (!reason) {
      return t("replay.reason.unknown");
    }
    if (/snapshot/i.test(reason)) {
      return t("replay.reason.noSnapshot");
    }
    if (/missing|gap/i.test(reason)) {
      return t("replay.reason.missing");
    }
    if (/expired|retention|deleted/i.test(reason)) {
      return t("replay.reason.expired");
    }
    return reason;
  };
}
