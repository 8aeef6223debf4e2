import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFieldError } from "./TemplateInput";

interface Props {
  path: string;
  value: string;
  onChange: (selector: string) => void;
  description?: string;
  required?: boolean;
}

/** Which element of the page, as a CSS selector. */
export function SelectorInput({ path, value, onChange, description, required = false }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t("content.selector")}
      description={description ?? t("content.selectorAbout")}
      inputWrapperOrder={["label", "input", "description", "error"]}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={useFieldError(path)}
      data-path={path}
      placeholder="#price"
      required={required}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
    />
  );
}
