import "./versions.css";
import { Badge, Button, NativeSelect, Radio, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Campaign, Version } from "../../api/campaigns";
import { useReturnTo } from "../../api/changes";
import { useConsole, useSite } from "../../console";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { StatusBadge } from "../../ui/Publishing";
import { Failed, LoadingRows } from "../../ui/states";
import { When } from "../../ui/When";
import { DiffTable } from "./DiffTable";

/** Every version with who wrote it, what differs between two of them, and the way back. */
export function VersionsTab({ campaign }: { campaign: Campaign }) {
  const { queries } = useConsole();
  const versions = useQuery({ ...queries.versions(useSite(), campaign.id), refetchInterval: 30_000 });
  if (!versions.data) {
    return (
      <div className="k-panel">
        {versions.isError ? <Failed error={versions.error} retry={versions.refetch} /> : <LoadingRows />}
      </div>
    );
  }
  return <Versions campaign={campaign} versions={versions.data.items} />;
}

function Versions({ campaign, versions }: { campaign: Campaign; versions: readonly Version[] }) {
  const { t } = useTranslation();
  const id = useId();
  const newest = versions[0]?.version ?? campaign.version;
  const [chosen, choose] = useState<number | null>(null);
  const [base, setBase] = useState<number | null>(null);
  const after = versions.find(({ version }) => version === (chosen ?? newest));
  const previous = versions.find(({ version }) => after && version < after.version);
  const before = versions.find(({ version }) => version === base) ?? previous;
  return (
    <div className="k-versions">
      <section className="k-panel" aria-labelledby={`${id}-list`}>
        <Title order={2} size="h6" id={`${id}-list`} className="k-pad">
          {t("versions.title")}
        </Title>
        <Radio.Group
          value={String(after?.version ?? "")}
          onChange={(version) => {
            choose(Number(version));
            setBase(null);
          }}
          aria-labelledby={`${id}-list`}
        >
          <ul className="k-plainlist k-version-list">
            {versions.map((version) => (
              <li key={version.version}>
                <VersionRow version={version} />
                {version.version !== newest && <ReturnButton campaign={campaign} version={version.version} />}
              </li>
            ))}
          </ul>
        </Radio.Group>
      </section>
      <section className="k-panel k-pad" aria-labelledby={`${id}-diff`}>
        <div className="k-builder-head">
          <Title order={2} size="h6" id={`${id}-diff`}>
            {after && t("versions.changesIn", { n: after.version })}
          </Title>
          {before && (
            <NativeSelect
              size="xs"
              aria-label={t("versions.comparedWith")}
              value={String(before.version)}
              onChange={({ currentTarget }) => setBase(Number(currentTarget.value))}
              data={versions
                .filter(({ version }) => version !== after?.version)
                .map(({ version }) => ({ value: String(version), label: t("versions.against", { n: version }) }))}
            />
          )}
        </div>
        {after && before ? (
          <DiffTable before={before.definition} after={after.definition} />
        ) : (
          <Text size="sm" c="dimmed">
            {t("versions.first")}
          </Text>
        )}
      </section>
    </div>
  );
}

function VersionRow({ version: { version, change, at, by, status } }: { version: Version }) {
  const { t } = useTranslation();
  return (
    <Radio
      value={String(version)}
      label={
        <span className="k-version">
          <span>
            <strong>{t("versions.n", { n: version })}</strong>{" "}
            <Badge variant="light" color="gray" tt="none" size="sm">
              {t(`change.${change}`)}
            </Badge>{" "}
            {/* The other changes say it themselves. */}
            {status === "live" && change !== "published" && <StatusBadge status={status} />}
          </span>
          <Text span size="xs" c="dimmed" className="k-anywhere">
            <When at={at} mode="both" />
            {by && ` · ${by}`}
          </Text>
        </span>
      }
    />
  );
}

function ReturnButton({ campaign, version }: { campaign: Campaign; version: number }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const change = useReturnTo(api, useSite(), campaign.id);
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        className="k-noshrink"
        leftSection={<IconArrowBackUp size={14} />}
        aria-label={t("versions.returnTo", { n: version })}
        onClick={() => {
          change.reset();
          dialog.open();
        }}
      >
        {t("versions.return")}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t("versions.returnTitle", { n: version })}
        confirm={t("versions.return")}
        onConfirm={() => change.mutate(version, { onSuccess: dialog.close })}
        pending={change.isPending}
        error={change.error}
      >
        {t(campaign.status === "live" ? "versions.returnLive" : "versions.returnAbout", { n: version })}
      </ConfirmDialog>
    </>
  );
}
