import { Textarea, TextInput } from "@mantine/core";
import { useRef } from "react";
import { useProblems } from "../editor/context";
import { useProblemText } from "../editor/problemText";
import { VariablePicker } from "./VariablePicker";

interface Props {
  /** Where it is in the definition. */
  path: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  description?: string;
  placeholder?: string;
  required?: boolean;
  /** More than one line. */
  long?: boolean;
}

/** A text that may hold values of the visitor, put in where the caret is. */
export function TemplateInput({ path, label, value, onChange, long = false, ...rest }: Props) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const error = useFieldError(path);

  function insert(text: string) {
    const at = field.current?.selectionStart ?? value.length;
    const end = field.current?.selectionEnd ?? at;
    onChange(value.slice(0, at) + text + value.slice(end));
    // Once what was put in is drawn, the caret stands behind it.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at + text.length, at + text.length);
    });
  }

  const common = {
    ref: field,
    label,
    value,
    error,
    "data-path": path,
    rightSection: <VariablePicker into={label} onPick={insert} />,
    inputWrapperOrder: ["label", "input", "description", "error"] as ("label" | "input" | "description" | "error")[],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange(currentTarget.value),
    ...rest,
  };
  return long ? (
    <Textarea {...common} autosize minRows={2} maxRows={8} />
  ) : (
    <TextInput {...common} autoComplete="off" />
  );
}

/** What is wrong with a field, in the operator's words; null where nothing is. */
export function useFieldError(path: string): string | null {
  const problemText = useProblemText();
  const [problem] = useProblems(path);
  return problem ? problemText(problem) : null;
}
