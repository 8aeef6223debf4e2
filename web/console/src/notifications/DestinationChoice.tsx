import { Button, Checkbox, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Destination } from "../api/notifications";
import { useConsole, useSite } from "../console";
import { Failed, LoadingRows } from "../ui/states";
import { DestinationEditor } from "./DestinationEditor";
import { kindOf } from "./destination";
import { HealthMark, healthOf } from "./Health";
import { KIND_ICONS } from "./kinds";

interface Props {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error: string | null;
}

/** Whom a rule tells; a new destination is made without leaving the rule. */
export function DestinationChoice({ chosen, onChange, error }: Props) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const destinations = useQuery(queries.destinations(useSite()));
  const [adding, dialog] = useDisclosure(false);
  const known = destinations.data?.items ?? [];
  const gone = destinations.data ? chosen.filter((id) => !known.some((each) => each.id === id)) : [];
  const toggle = (id: string, on: boolean) => onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id));
  return (
    <div className="k-stack">
      {destinations.isPending ? (
        <LoadingRows rows={2} />
      ) : destinations.isError && !destinations.data ? (
        <Failed error={destinations.error} retry={destinations.refetch} />
      ) : (
        <ul className="k-plainlist k-choice">
          {known.map((destination) => (
            <li key={destination.id}>
              <Checkbox
                checked={chosen.includes(destination.id)}
                onChange={({ currentTarget }) => toggle(destination.id, currentTarget.checked)}
                label={<Choice destination={destination} />}
              />
            </li>
          ))}
          {gone.map((id) => (
            <li key={id}>
              <Checkbox
                checked
                onChange={() => toggle(id, false)}
                label={t("rule.destinationGone", { name: id })}
                error
              />
            </li>
          ))}
        </ul>
      )}
      {known.length === 0 && destinations.data && (
        <Text size="sm" c="dimmed">
          {t("rule.noDestinations")}
        </Text>
      )}
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
      <div>
        <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} />} onClick={dialog.open}>
          {t("destination.addOne")}
        </Button>
      </div>
      <Modal
        opened={adding}
        onClose={dialog.close}
        title={t("destinations.new")}
        size="xl"
        closeButtonProps={{ "aria-label": t("dialog.cancel") }}
      >
        <DestinationEditor
          destination={null}
          guarded={false}
          onSaved={({ id }) => {
            void destinations.refetch();
            onChange([...chosen, id]);
            dialog.close();
          }}
        />
      </Modal>
    </div>
  );
}

function Choice({ destination }: { destination: Destination }) {
  const { t } = useTranslation();
  const kind = kindOf(destination.definition);
  const Icon = KIND_ICONS[kind];
  return (
    <span className="k-choice-label">
      <Icon size={16} stroke={1.7} />
      <span className="k-anywhere">{destination.name}</span>
      <span className="k-dim">{t(`kind.${kind}`)}</span>
      <HealthMark state={healthOf(destination)} />
    </span>
  );
}
