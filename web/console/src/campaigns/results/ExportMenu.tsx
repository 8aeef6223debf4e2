import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Campaign, Label, Results } from "../../api/campaigns";
import { csv } from "../../format/csv";
import { download } from "../../format/download";
import { dayRows, resultRows } from "./export";

const CSV = "text/csv;charset=utf-8";

export function ExportMenu({ campaign, results }: { campaign: Campaign; results: Results }) {
  const { t } = useTranslation();
  const words = (column: Parameters<Parameters<typeof dayRows>[1]>[0]) => t(`csv.${column}`);
  const file = (kind: string) => `${campaign.id}-${kind}-${results.from}-${results.to}.csv`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} />}>
          CSV
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() =>
            download(file("results"), CSV, csv(resultRows(results, words, (label) => t(`label.${label as Label}`))))
          }
        >
          {t("export.results")}
        </Menu.Item>
        <Menu.Item onClick={() => download(file("days"), CSV, csv(dayRows(results, words)))}>
          {t("export.days")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
