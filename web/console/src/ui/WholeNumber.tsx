import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useState } from "react";

interface Props extends Omit<NumberInputProps, "value" | "onChange" | "min" | "max"> {
  value: number;
  onChange: (value: number) => void;
  min: number;
  max: number;
}

/** A whole number that has to be there. While it is typed the field may be empty; left so, it is what it was. */
export function WholeNumber({ value, onChange, min, max, ...rest }: Props) {
  const [typed, setTyped] = useState<number | string>(value);
  return (
    <NumberInput
      {...rest}
      allowDecimal={false}
      allowNegative={min < 0}
      min={min}
      max={max}
      value={typeof typed === "string" ? typed : value}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === "number" && next >= min && next <= max) {
          onChange(next);
        }
      }}
      onBlur={() => setTyped(value)}
    />
  );
}
