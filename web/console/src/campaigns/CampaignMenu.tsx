import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCopy, IconDots, IconFileExport, IconPlayerStop, IconTemplate } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Campaign } from "../api/campaigns";
import { useChangeCampaign } from "../api/changes";
import { campaignPath, useConsole, useSite } from "../console";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { exportDefinition } from "./exchange";
import { SaveTemplateDialog } from "./gallery/SaveTemplateDialog";

/** What is done with a campaign less often than publishing it. */
export function CampaignMenu({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const site = useSite();
  const change = useChangeCampaign(api, site, campaign.id);
  const [ending, end] = useDisclosure(false);
  const [keeping, keep] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t("campaign.more")}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={`${campaignPath(site, "~new")}/edit?from=${encodeURIComponent(campaign.id)}`}
            leftSection={<IconCopy size={15} />}
          >
            {t("campaign.duplicate")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileExport size={15} />}
            onClick={() => exportDefinition(campaign.definition, campaign.id)}
          >
            {t("campaign.export")}
          </Menu.Item>
          <Menu.Item leftSection={<IconTemplate size={15} />} onClick={keep.open}>
            {t("campaign.saveTemplate")}
          </Menu.Item>
          {campaign.status !== "ended" && campaign.status !== "draft" && (
            <>
              <Menu.Divider />
              <Menu.Item
                color="red"
                leftSection={<IconPlayerStop size={15} />}
                onClick={() => {
                  change.reset();
                  end.open();
                }}
              >
                {t("campaign.end")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={ending}
        onClose={end.close}
        title={t("campaign.endTitle")}
        confirm={t("campaign.end")}
        onConfirm={() => change.mutate("end", { onSuccess: end.close })}
        pending={change.isPending}
        error={change.error}
        dangerous
      >
        {t("campaign.endAbout", { name: campaign.name })}
      </ConfirmDialog>
      {keeping && <SaveTemplateDialog campaign={campaign} onClose={keep.close} />}
    </>
  );
}
