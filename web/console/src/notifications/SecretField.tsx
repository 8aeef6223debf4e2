import { Button, Input, PasswordInput, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SecretState } from "../api/notifications";
import { When } from "../ui/When";

interface Props {
  label: string;
  description: string;
  /** What is known of it; undefined for a new destination. */
  state: SecretState | undefined;
  /** What was typed; null while it stays as it is. */
  value: string | null;
  onChange: (value: string | null) => void;
  error?: string | null;
  placeholder?: string;
}

/** A secret: written, never read. Of one that is there its end and its age are told. */
export function SecretField({ label, description, state, value, onChange, error, placeholder = "" }: Props) {
  const { t } = useTranslation();
  if (state?.set && value === null) {
    return (
      <Input.Wrapper label={label} labelElement="div" error={error}>
        <div className="k-secret">
          <IconLock size={16} aria-hidden />
          <SecretStateText state={state} />
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onChange("")}
            aria-label={t("secret.replaceOf", { label })}
          >
            {t("secret.replace")}
          </Button>
        </div>
      </Input.Wrapper>
    );
  }
  return (
    <div>
      <PasswordInput
        label={label}
        description={description}
        value={value ?? ""}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        error={error}
        placeholder={placeholder}
        autoComplete="off"
        data-1p-ignore
        spellCheck={false}
        required
        visibilityToggleButtonProps={{ "aria-label": t("secret.show") }}
        {...(state?.set ? { autoFocus: true } : {})}
      />
      {state?.set && (
        <Button size="compact-xs" variant="subtle" color="gray" mt={4} onClick={() => onChange(null)}>
          {t("secret.keep")}
        </Button>
      )}
    </div>
  );
}

export function SecretStateText({ state }: { state: SecretState }) {
  const { t } = useTranslation();
  return (
    <Text span size="sm" className="k-anywhere">
      {state.hint ? t("secret.setEnding", { hint: state.hint }) : t("secret.set")}
      {state.updated_at && (
        <Text span size="xs" c="dimmed">
          {" "}
          · {t("secret.changed")} <When at={state.updated_at} />
        </Text>
      )}
    </Text>
  );
}
