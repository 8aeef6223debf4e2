import { Alert, Anchor, Button, Group, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useDeleteDestination } from "../api/notificationChanges";
import type { Destination } from "../api/notifications";
import { campaignPath, useConsole, useSite } from "../console";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Page } from "../ui/Page";
import { Failed, LoadingRows } from "../ui/states";
import { When } from "../ui/When";
import { DestinationEditor } from "./DestinationEditor";
import { HealthMark, HealthNotice, healthOf } from "./Health";
import { deliveriesPath, destinationPath, rulePath } from "./paths";
import { TestSend } from "./TestSend";
import { useUsers } from "./useUsers";
import "./notifications.css";

export function NewDestinationPage() {
  const { t } = useTranslation();
  const site = useSite();
  const navigate = useNavigate();
  return (
    <Page title={t("destinations.new")} about={<Back />}>
      <div className="k-narrow-form">
        <DestinationEditor destination={null} onSaved={({ id }) => navigate(destinationPath(site, id))} />
      </div>
    </Page>
  );
}

export function DestinationPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const destination = useQuery({
    ...queries.destination(site, useParams().destination ?? ""),
    refetchInterval: 10_000,
  });
  if (!destination.data) {
    return (
      <Page title={t("destination.title")} about={<Back />}>
        <div className="k-panel">
          {destination.isError ? <Failed error={destination.error} retry={destination.refetch} /> : <LoadingRows />}
        </div>
      </Page>
    );
  }
  const { data } = destination;
  return (
    <Page
      title={data.name}
      about={
        <Group gap="sm">
          <Back />
          <HealthMark state={healthOf(data)} />
          <Text span size="sm">
            {t("campaign.updated")} <When at={data.updated_at} mode="both" />
          </Text>
        </Group>
      }
      actions={<DeleteDestination destination={data} />}
    >
      <div className="k-editor-columns">
        <div className="k-stack">
          <HealthNotice destination={data} />
          <DestinationEditor key={data.id} destination={data} onSaved={() => undefined} />
        </div>
        <aside className="k-stack k-aside-sticky" aria-label={t("destination.beside")}>
          <section className="k-panel k-pad">
            <Title order={2} size="h6" mb={4}>
              {t("test.title")}
            </Title>
            <Text size="sm" c="dimmed" component="p" m={0} mb="sm">
              {t("test.about")}
            </Text>
            <TestSend destinations={[data]} />
          </section>
          <Users destination={data.id} />
          <Anchor component={Link} to={deliveriesPath(site, { destination: data.id })} size="sm">
            {t("destination.log")}
          </Anchor>
        </aside>
      </div>
    </Page>
  );
}

function Back() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to={destinationPath(useSite())} size="sm">
      ← {t("destinations.title")}
    </Anchor>
  );
}

/** The rules and campaigns that tell it. */
function Users({ destination }: { destination: string }) {
  const { t } = useTranslation();
  const id = useId();
  const users = useUsers(destination);
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" mb={6} id={id}>
        {t("segment.usedBy")}
      </Title>
      {users.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("destination.unused")}
        </Text>
      ) : (
        <UserList users={users} />
      )}
    </section>
  );
}

function UserList({ users }: { users: ReturnType<typeof useUsers> }) {
  const { t } = useTranslation();
  const site = useSite();
  return (
    <ul className="k-plainlist">
      {users.map(({ kind, id, name, live }) => (
        <li key={`${kind} ${id}`}>
          <Text span size="xs" c="dimmed" mr={8}>
            {t(`changes.kind.${kind}`)}
          </Text>
          <Anchor
            component={Link}
            to={kind === "rule" ? rulePath(site, id) : campaignPath(site, id)}
            size="sm"
            className="k-anywhere"
          >
            {name}
          </Anchor>
          {live && (
            <Text span size="xs" c="dimmed" ml={8}>
              {t("status.live")}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function DeleteDestination({ destination: { id, name } }: { destination: Destination }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const site = useSite();
  const navigate = useNavigate();
  const remove = useDeleteDestination(api, site);
  const [opened, dialog] = useDisclosure(false);
  const users = useUsers(id);
  const holding = users.some(({ live }) => live);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={15} />}
        onClick={() => {
          remove.reset();
          dialog.open();
        }}
      >
        {t("destination.delete")}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t("destination.deleteTitle", { name })}
        confirm={t(holding ? "dialog.close" : "destination.delete")}
        onConfirm={() =>
          holding ? dialog.close() : remove.mutate(id, { onSuccess: () => void navigate(destinationPath(site)) })
        }
        pending={remove.isPending}
        error={remove.error}
        dangerous={!holding}
      >
        <p className="k-first">{t("destination.deleteAbout")}</p>
        {users.length > 0 && (
          <Alert color={holding ? "red" : "yellow"} variant="light" title={t("destination.depends")}>
            <UserList users={users} />
            {holding && (
              <Text size="sm" mt="xs">
                {t("destination.inUse")}
              </Text>
            )}
          </Alert>
        )}
      </ConfirmDialog>
    </>
  );
}
