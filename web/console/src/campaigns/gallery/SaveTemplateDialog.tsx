import { Alert, Button, Group, Modal, NativeSelect, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Campaign } from "../../api/campaigns";
import { useSaveTemplate } from "../../api/siteChanges";
import { useConsole, useSite } from "../../console";
import { useErrorText } from "../../ui/states";
import { PURPOSES } from "./purposes";

interface Props {
  campaign: Pick<Campaign, "id" | "name" | "definition">;
  onClose: () => void;
}

/** Keep a campaign for others to begin with. */
export function SaveTemplateDialog({ campaign, onClose }: Props) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const errorText = useErrorText();
  const save = useSaveTemplate(api, useSite());
  const [name, setName] = useState(campaign.name);
  const [purpose, setPurpose] = useState<string>("own");
  const { id: _, ...definition } = campaign.definition;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("template.saveTitle")}
      centered
      closeButtonProps={{ "aria-label": t("dialog.cancel") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ id: campaign.id, name: name.trim(), purpose, definition }, { onSuccess: onClose });
        }}
      >
        <TextInput
          label={t("template.name")}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          required
          maxLength={256}
          data-autofocus
        />
        <NativeSelect
          mt="sm"
          label={t("template.purpose")}
          value={purpose}
          onChange={({ currentTarget }) => setPurpose(currentTarget.value)}
          data={PURPOSES.map((each) => ({ value: each, label: t(`purpose.${each}`) }))}
        />
        <Text size="xs" c="dimmed" mt="sm">
          {t("template.saveAbout")}
        </Text>
        {save.isError && (
          <Alert color="red" variant="light" mt="md" role="alert">
            {errorText(save.error)}
          </Alert>
        )}
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("dialog.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
            {t("template.save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
