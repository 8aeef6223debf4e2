import { Alert, Button, Code, Group, Text } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";

interface Props {
  error: Error | null;
  /** What to say when somebody else has saved meanwhile. */
  conflict: string;
  /** Why it was refused, in the operator's language. */
  explain: (error: Error) => ReactNode;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** Why something was not saved, brought to where it is seen. What was written stays. */
export function SaveFailure({ error, conflict, explain, onTakeTheirs, onKeepMine }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) {
      box.current?.scrollIntoView({ block: "center" });
    }
  }, [error]);
  if (!error) {
    return null;
  }
  if (error instanceof ApiError && error.code === "changed_meanwhile") {
    return (
      <Alert ref={box} color="yellow" variant="light" role="alert" title={conflict}>
        <Text size="sm" mb="sm">
          {t("segment.conflictAbout")}
        </Text>
        <Group gap="sm">
          <Button size="xs" variant="default" onClick={onTakeTheirs}>
            {t("segment.takeTheirs")}
          </Button>
          <Button size="xs" variant="default" onClick={onKeepMine}>
            {t("segment.keepMine")}
          </Button>
        </Group>
      </Alert>
    );
  }
  return (
    <Alert ref={box} color="red" variant="light" role="alert" title={t("editor.refused")}>
      {error instanceof ApiError && error.path && <Code mr={6}>{error.path}</Code>}
      {explain(error)}
    </Alert>
  );
}
