import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { segmentPath, useSite } from "../console";
import { Page } from "../ui/Page";
import { SegmentEditor } from "./SegmentEditor";

export function NewSegmentPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t("segments.new")}
      about={
        <Anchor component={Link} to={segmentPath(useSite())} size="sm">
          ← {t("nav.segments")}
        </Anchor>
      }
    >
      <SegmentEditor segment={null} />
    </Page>
  );
}
