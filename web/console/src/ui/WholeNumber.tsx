import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { number } from "../format/values";

type Props = Omit<NumberInputProps, "value" | "onChange" | "min" | "max"> & { min: number; max?: number } & (
    | { optional?: false; value: number; onChange: (value: number) => void }
    | { optional: true; value: number | null; onChange: (value: number | null) => void }
  );

/**
 * A whole number; a form is not sent while it is out of its range.
 * One that has to be there may be empty while it is typed; left so, it is what it was.
 */
export function WholeNumber({ optional, value, onChange, min, max = Infinity, error, ...rest }: Props) {
  const { t, i18n } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  // Nothing, or a minus that waits for its digits.
  const [unfinished, setUnfinished] = useState<string | null>(null);
  const outside = value !== null && (value < min || value > max);
  const range = { min: number(min, i18n.language), max: number(max, i18n.language) };
  const wrong = outside ? t(max === Infinity ? "fields.least" : "fields.range", range) : "";
  useEffect(() => field.current?.setCustomValidity(wrong), [wrong]);
  return (
    <NumberInput
      inputWrapperOrder={["label", "input", "description", "error"]}
      {...rest}
      ref={field}
      allowDecimal={false}
      allowNegative={min < 0}
      min={min}
      max={max}
      clampBehavior="none"
      value={unfinished ?? value ?? ""}
      onChange={(next) => {
        if (next !== "" && next !== "-") {
          setUnfinished(null);
          onChange(Number(next));
          return;
        }
        setUnfinished(next);
        if (optional) {
          onChange(null);
        }
      }}
      onBlur={() => setUnfinished(null)}
      error={wrong || error}
    />
  );
}
