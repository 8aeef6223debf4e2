import { Anchor, Box } from "@mantine/core";
import { IconMapPinOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useRouteError } from "react-router";
import { Empty, Failed } from "../ui/states";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Box component="section" pt="xl">
      <Empty icon={IconMapPinOff} title={t("notFound.title")}>
        <Anchor component={Link} to="/" size="sm">
          {t("notFound.home")}
        </Anchor>
      </Empty>
    </Box>
  );
}

/** A page's chunk that cannot be loaded is most often one of an earlier deployment: loading the page anew mends it. */
export function RouteFailed() {
  const error = useRouteError();
  return (
    <Box component="main" maw={640} mx="auto">
      <Failed error={error} retry={() => window.location.reload()} />
    </Box>
  );
}
