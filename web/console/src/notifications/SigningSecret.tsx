import { Alert, Button, Input, Text } from "@mantine/core";
import { IconKey, IconLock, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SecretChange } from "../api/notificationChanges";
import type { Destination } from "../api/notifications";
import { Copy } from "../ui/JsonBlock";
import { newSigningSecret } from "./destination";
import { SecretStateText } from "./SecretField";

interface Props {
  known: Destination["secret"] | undefined;
  secret: SecretChange;
  onChange: (secret: SecretChange) => void;
}

/** The secret that webhooks are signed with: made here, shown once, changed while both old and new are good. */
export function SigningSecret({ known, secret, onChange }: Props) {
  const { t } = useTranslation();
  const made = secret.signing_secret ?? null;
  const previous = known?.previous_signing_secret;
  const retiring = secret.previous_signing_secret === null;
  const { signing_secret: _made, ...withoutMade } = secret;
  const { previous_signing_secret: _retired, ...withoutRetired } = secret;
  return (
    <Input.Wrapper
      label={t("signing.title")}
      labelElement="div"
      description={t("signing.about")}
      inputWrapperOrder={["label", "description", "input"]}
    >
      <div className="k-stack k-signing">
        {known?.signing_secret.set && (
          <div className="k-secret">
            <IconLock size={16} aria-hidden />
            <SecretStateText state={known.signing_secret} />
          </div>
        )}
        {previous?.set && (
          <div className="k-secret">
            <IconLock size={16} aria-hidden />
            <Text span size="sm" fw={600}>
              {t("signing.previous")}
            </Text>
            {retiring ? (
              <Text span size="sm">
                {t("signing.retiring")}
              </Text>
            ) : (
              <SecretStateText state={previous} />
            )}
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconTrash size={13} />}
              onClick={() => onChange(retiring ? withoutRetired : { ...secret, previous_signing_secret: null })}
            >
              {t(retiring ? "signing.keep" : "signing.retire")}
            </Button>
          </div>
        )}
        {previous?.set && (
          <Text size="xs" c="dimmed" component="p" m={0}>
            {t("signing.bothSign")}
          </Text>
        )}
        {made !== null ? (
          <Alert color="yellow" variant="light" title={t("signing.once")} p="sm">
            <div className="k-secret-made">
              <code>{made}</code>
              <Copy value={made} label={t("signing.copy")} />
            </div>
            <Text size="xs" component="p" m={0}>
              {t(known?.signing_secret.set ? "signing.rotate" : "signing.onceAbout")}
            </Text>
            <Button size="compact-xs" variant="subtle" color="gray" mt={4} onClick={() => onChange(withoutMade)}>
              {t("signing.drop")}
            </Button>
          </Alert>
        ) : (
          <div>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconKey size={15} />}
              onClick={() => onChange({ ...secret, signing_secret: newSigningSecret() })}
            >
              {t(known?.signing_secret.set ? "signing.addNew" : "signing.make")}
            </Button>
          </div>
        )}
      </div>
    </Input.Wrapper>
  );
}
