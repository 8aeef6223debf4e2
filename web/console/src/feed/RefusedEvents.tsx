import { Badge, Code, Group, Text, UnstyledButton } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RefusedEvent } from "../api/types";
import { useConsole, useSite } from "../console";
import { JsonBlock } from "../ui/JsonBlock";
import { LoadMore } from "../ui/LoadMore";
import { Empty, Failed, LoadingRows } from "../ui/states";
import { When } from "../ui/When";

export function RefusedEvents() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const refused = useInfiniteQuery({ ...queries.refused(site), refetchInterval: 15_000 });
  if (refused.isPending) {
    return (
      <div className="k-panel">
        <LoadingRows rows={6} height={56} />
      </div>
    );
  }
  if (!refused.data) {
    return <Failed error={refused.error} retry={refused.refetch} />;
  }
  const items = refused.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <div className="k-panel">
        <Empty icon={IconShieldCheck} title={t("refused.none")}>
          {t("refused.noneAbout")}
        </Empty>
      </div>
    );
  }
  return (
    <>
      <ul className="k-panel k-list" aria-label={t("feed.refused")}>
        {items.map((item) => (
          <RefusedRow key={item.id} refused={item} />
        ))}
      </ul>
      <LoadMore {...refused} />
    </>
  );
}

/** The event as it came: its text, which may not even be JSON. */
function eventOf({ event }: RefusedEvent): unknown {
  try {
    return typeof event === "string" ? JSON.parse(event) : event;
  } catch {
    return event;
  }
}

function RefusedRow({ refused }: { refused: RefusedEvent }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <li className="k-row">
      <UnstyledButton className="k-refused" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Group gap="xs" wrap="wrap">
          <Badge variant="light" color="red" tt="none">
            {refused.code}
          </Badge>
          <Text span size="sm" className="k-anywhere">
            {refused.reason}
          </Text>
          {refused.path && (
            <Code className="k-anywhere" aria-label={t("refused.path")}>
              {refused.path}
            </Code>
          )}
        </Group>
        <Text size="xs" c="dimmed" component="span">
          <When at={refused.refused_at} mode="both" />
        </Text>
      </UnstyledButton>
      {open && (
        <div className="k-details">
          <JsonBlock value={eventOf(refused)} />
        </div>
      )}
    </li>
  );
}
