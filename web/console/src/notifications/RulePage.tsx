import { ActionIcon, Anchor, Group, Menu, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useDeleteRule } from "../api/notificationChanges";
import type { Rule } from "../api/notifications";
import { useConsole, useSite } from "../console";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { OutOfAction } from "../ui/OutOfAction";
import { Page } from "../ui/Page";
import { StatusBadge } from "../ui/Publishing";
import { Failed, LoadingRows } from "../ui/states";
import { When } from "../ui/When";
import { rulePath } from "./paths";
import { useTrouble } from "./problemText";
import { RuleEditor } from "./RuleEditor";
import { RulePublishing } from "./RulesPage";
import "./notifications.css";

export function NewRulePage() {
  const { t } = useTranslation();
  return (
    <Page title={t("rules.new")} about={<Back />}>
      <RuleEditor rule={null} />
    </Page>
  );
}

export function RulePage() {
  const trouble = useTrouble();
  const { t } = useTranslation();
  const { queries } = useConsole();
  const rule = useQuery({ ...queries.rule(useSite(), useParams().rule ?? ""), refetchInterval: 10_000 });
  if (!rule.data) {
    return (
      <Page title={t("rule.title")} about={<Back />}>
        <div className="k-panel">
          {rule.isError ? <Failed error={rule.error} retry={rule.refetch} /> : <LoadingRows />}
        </div>
      </Page>
    );
  }
  const { data } = rule;
  return (
    <Page
      title={data.name}
      about={
        <>
          <Group gap="sm">
            <Back />
            <StatusBadge status={data.status} />
            <Text span size="sm">
              {t("campaign.updated")} <When at={data.updated_at} mode="both" />
            </Text>
          </Group>
          {data.problem && <OutOfAction problem={trouble(data.problem)} />}
        </>
      }
      actions={
        <Group gap="xs">
          <RulePublishing rule={data} />
          <RuleMenu rule={data} />
        </Group>
      }
    >
      <RuleEditor key={data.id} rule={data} />
    </Page>
  );
}

function Back() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to={rulePath(useSite())} size="sm">
      ← {t("rules.title")}
    </Anchor>
  );
}

function RuleMenu({ rule: { id, name } }: { rule: Rule }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const site = useSite();
  const navigate = useNavigate();
  const remove = useDeleteRule(api, site);
  const [opened, dialog] = useDisclosure(false);
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
            color="red"
            leftSection={<IconTrash size={15} />}
            onClick={() => {
              remove.reset();
              dialog.open();
            }}
          >
            {t("rule.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t("rule.deleteTitle", { name })}
        confirm={t("rule.delete")}
        onConfirm={() => remove.mutate(id, { onSuccess: () => void navigate(rulePath(site)) })}
        pending={remove.isPending}
        error={remove.error}
        dangerous
      >
        {t("rule.deleteAbout")}
      </ConfirmDialog>
    </>
  );
}
