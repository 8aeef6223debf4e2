import { useTranslation } from "react-i18next";
import { CONTROL } from "./arms";

/** What to call an arm: "Variant a · Short text", or that it is the control group. */
export function useArmName(): (arm: { id: string; name?: string }) => string {
  const { t } = useTranslation();
  return ({ id, name }) =>
    id === CONTROL ? t("arm.control") : name ? t("arm.named", { id, name }) : t("campaign.variant", { id });
}
