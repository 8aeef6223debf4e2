import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useConsole, useSite } from "../console";
import { CodeBlock } from "../ui/JsonBlock";
import { Failed } from "../ui/states";
import { snippet } from "./tag";

/** The tag of this site, ready to paste. */
export function Snippet() {
  const { t } = useTranslation();
  const { queries, config } = useConsole();
  const site = useQuery(queries.site(useSite()));
  if (site.isError) {
    return <Failed error={site.error} retry={site.refetch} />;
  }
  if (!site.data) {
    return <Skeleton height={64} />;
  }
  return <CodeBlock code={snippet(config, site.data.write_key)} label={t("install.copySnippet")} />;
}
