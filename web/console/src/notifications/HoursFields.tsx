import { Checkbox, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Hours, Weekday } from "../api/notifications";
import { Sentence } from "../conditions/Sentence";
import { regional } from "../format/locale";
import { HOURS } from "./rule";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** 5 January 2026 was a Monday. */
const MONDAY = Date.UTC(2026, 0, 5);

/** When to tell, by the site's clocks. */
export function HoursFields({ hours, onChange }: { hours: Hours | null; onChange: (hours: Hours | null) => void }) {
  const { t, i18n } = useTranslation();
  const dayName = (day: Weekday) =>
    new Intl.DateTimeFormat(regional(i18n.language), { weekday: "short", timeZone: "UTC" }).format(
      MONDAY + (day - 1) * 86_400_000,
    );
  return (
    <div className="k-form">
      <Switch
        label={t("rule.hours.only")}
        checked={hours !== null}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? HOURS : null)}
      />
      {hours && (
        <>
          <Sentence
            template={t("rule.hours.sentence")}
            fields={{
              from: (
                <TextInput
                  size="xs"
                  type="time"
                  aria-label={t("rule.hours.from")}
                  value={hours.from}
                  onChange={({ currentTarget }) =>
                    currentTarget.value && onChange({ ...hours, from: currentTarget.value })
                  }
                  w={110}
                />
              ),
              to: (
                <TextInput
                  size="xs"
                  type="time"
                  aria-label={t("rule.hours.to")}
                  value={hours.to}
                  onChange={({ currentTarget }) =>
                    currentTarget.value && onChange({ ...hours, to: currentTarget.value })
                  }
                  w={110}
                />
              ),
              outside: (
                <NativeSelect
                  size="xs"
                  aria-label={t("rule.hours.outside")}
                  value={hours.outside}
                  onChange={({ currentTarget }) =>
                    onChange({ ...hours, outside: currentTarget.value === "drop" ? "drop" : "wait" })
                  }
                  data={[
                    { value: "wait", label: t("rule.hours.wait") },
                    { value: "drop", label: t("rule.hours.drop") },
                  ]}
                />
              ),
            }}
          />
          <Checkbox.Group
            label={t("rule.hours.weekdays")}
            value={hours.weekdays.map(String)}
            onChange={(days) =>
              days.length > 0 &&
              onChange({ ...hours, weekdays: days.map((day) => Number(day) as Weekday).sort((a, b) => a - b) })
            }
          >
            <div className="k-weekdays">
              {WEEKDAYS.map((day) => (
                <Checkbox key={day} value={String(day)} label={dayName(day)} />
              ))}
            </div>
          </Checkbox.Group>
        </>
      )}
    </div>
  );
}
