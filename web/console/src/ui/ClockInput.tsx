import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";
import { fromClock, toClock } from "../format/zone";

interface Props extends Omit<TextInputProps, "type" | "value" | "onChange"> {
  value: string | null;
  onChange: (value: string | null) => void;
  zone: string;
}

/** A time, by the clock of the zone; null as long as a part of it is missing. What is typed is left as it is. */
export function ClockInput({ value, onChange, zone, ...rest }: Props) {
  const [typed, setTyped] = useState("");
  return (
    <TextInput
      {...rest}
      type="datetime-local"
      // Without it a year has six digits, and whoever types on types the month into it.
      max="9999-12-31T23:59"
      value={fromClock(typed, zone) === value ? typed : toClock(value, zone)}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        onChange(fromClock(currentTarget.value, zone));
      }}
    />
  );
}
