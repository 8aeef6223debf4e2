import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** Whether it held: a shape, a colour and a word. */
export function Mark({ holds }: { holds: boolean }) {
  const { t } = useTranslation();
  const Icon = holds ? IconCircleCheck : IconCircleX;
  return (
    <span className="k-mark" data-holds={holds}>
      <Icon size={18} stroke={1.8} aria-hidden />
      <span className="k-hidden">{t(holds ? "explanation.holds" : "explanation.fails")}</span>
    </span>
  );
}
