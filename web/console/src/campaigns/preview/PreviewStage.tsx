import { Alert, Loader, Text } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { useErrorText } from "../../ui/states";
import { useEditor } from "../editor/context";
import { useProblemText } from "../editor/problemText";
import { ActionFrame, DEVICES, type Device } from "./ActionFrame";
import { hasPictures } from "./placeholders";
import type { RenderedNow } from "./useRendered";

interface Props {
  rendered: RenderedNow;
  device: Device;
  width: number;
}

/** The action as it looks, or why there is nothing to see. */
export function PreviewStage({ rendered: { action, problem, pending, error }, device, width }: Props) {
  const { t } = useTranslation();
  const { definition, variant } = useEditor();
  const errorText = useErrorText();
  const undrawn = definition.variants[variant]?.action.type === "notify";
  const size = DEVICES[device];
  const reason = useReason(problem ?? "");
  if (width === 0) {
    return null;
  }
  return (
    <div
      className="k-stage-here"
      aria-busy={pending}
      style={{ minHeight: action || pending ? Math.min(1, width / size.width) * size.height : 0 }}
    >
      {pending && <Loader size={16} className="k-stage-busy" role="img" aria-label={t("preview.making")} />}
      {undrawn ? (
        <Text size="sm" c="dimmed" py="sm">
          {t("preview.undrawn")}
        </Text>
      ) : action ? (
        <>
          <ActionFrame action={action} size={size} width={width} label={t("preview.title")} />
          {hasPictures(action.content as unknown as Json) && (
            <Text size="xs" c="dimmed" mt={6}>
              {t("preview.pictures")}
            </Text>
          )}
        </>
      ) : null}
      {!undrawn && (error || problem) && (
        <Alert
          color="orange"
          variant="light"
          icon={<IconEyeOff size={18} />}
          title={t(reason.faulty ? "preview.faulty" : "preview.nothing")}
          role="status"
          mt={action ? "sm" : 0}
        >
          <Text size="sm" className="k-anywhere">
            {error ? errorText(error) : reason.text}
          </Text>
        </Alert>
      )}
    </div>
  );
}

/** The server's reason: "<path>: <message>" where the definition is at fault, else what was missing. */
function useReason(problem: string): { faulty: boolean; text: string } {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [, path, message] = /^([\w.[\]$-]+): (.*)$/s.exec(problem) ?? [];
  if (path && message) {
    return { faulty: true, text: problemText({ path, message }) };
  }
  return { faulty: false, text: /undefined value|value is missing/.test(problem) ? t("preview.missing") : problem };
}
