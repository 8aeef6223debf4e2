import { useTranslation } from "react-i18next";
import { KINDS, type Kind } from "./destination";
import { KIND_ICONS } from "./kinds";

/** Which kind of destination a new one is to be. */
export function KindChoice({ value, onChange }: { value: Kind; onChange: (kind: Kind) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="k-bare">
      <legend className="k-legend-label">{t("destination.kind")}</legend>
      <div className="k-kinds">
        {KINDS.map((kind) => {
          const Icon = KIND_ICONS[kind];
          return (
            <label key={kind} className="k-kind" data-chosen={kind === value}>
              <input type="radio" name="kind" checked={kind === value} onChange={() => onChange(kind)} />
              <Icon size={20} stroke={1.7} />
              <span>
                <strong>{t(`kind.${kind}`)}</strong>
                <small>{t(`kind.${kind}.about`)}</small>
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
