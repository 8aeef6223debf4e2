import { Alert, Drawer, SegmentedControl, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Explanation, RulesetOf, StoryEvent } from "../api/types";
import { useConsole, useSite } from "../console";
import { eventTitle } from "../events/wording";
import { number } from "../format/values";
import { Failed, LoadingRows } from "../ui/states";
import { When } from "../ui/When";
import { RuleList } from "./RuleList";
import { StateThen } from "./StateThen";

interface Props {
  person: string;
  /** The event that the address asks about, once the story has loaded it. */
  eventOf: (id: string) => StoryEvent | undefined;
}

/** "What did the rules see here?", beside the story. The address names the event and the rule that is open. */
export function ExplanationDrawer({ person, eventOf }: Props) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const [params, setParams] = useSearchParams();
  const asked = params.get("explain");
  const ruleset: RulesetOf = params.get("ruleset") === "now" ? "now" : "then";
  const explanation = useQuery({ ...queries.explanation(site, person, asked ?? "", ruleset), enabled: asked !== null });
  const event = asked === null ? undefined : eventOf(asked);

  function close() {
    setParams((present) => {
      present.delete("explain");
      present.delete("rule");
      present.delete("ruleset");
      return present;
    });
  }

  function chooseRuleset(next: string) {
    setParams(
      (present) => {
        if (next === "now") {
          present.set("ruleset", "now");
        } else {
          present.delete("ruleset");
        }
        return present;
      },
      { replace: true },
    );
  }

  return (
    <Drawer
      opened={asked !== null}
      onClose={close}
      position="right"
      size="min(100%, 560px)"
      title={t("explanation.title")}
      closeButtonProps={{ "aria-label": t("explanation.close") }}
      classNames={{ title: "k-drawer-title" }}
      // Its header is not the banner of the page.
      attributes={{ header: { role: "presentation" } }}
    >
      {event && (
        <Text size="sm" fw={600}>
          {eventTitle(event, t)} · <When at={event.occurred_at} mode="both" />
        </Text>
      )}
      <SegmentedControl
        size="xs"
        fullWidth
        my="xs"
        aria-label={t("explanation.ruleset")}
        value={ruleset}
        onChange={chooseRuleset}
        data={(["then", "now"] as const).map((each) => ({ value: each, label: t(`explanation.ruleset.${each}`) }))}
      />
      {explanation.data ? (
        <Body person={person} explanation={explanation.data} ruleset={ruleset} />
      ) : explanation.isError ? (
        <Failed error={explanation.error} retry={explanation.refetch} />
      ) : (
        <LoadingRows rows={6} />
      )}
    </Drawer>
  );
}

interface BodyProps {
  person: string;
  explanation: Explanation;
  ruleset: RulesetOf;
}

function Body({ person, explanation, ruleset }: BodyProps) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Text size="xs" c="dimmed" mb="md" component="p" mt={2}>
        {explanation.ruleset ? (
          <>
            {t("explanation.version", { version: number(explanation.ruleset.version, i18n.language) })}{" "}
            {explanation.ruleset.published_at && <When at={explanation.ruleset.published_at} mode="both" />}
          </>
        ) : (
          t("explanation.noRules")
        )}
      </Text>
      {explanation.left_out > 0 && (
        <Alert color="yellow" variant="light" py="xs" mb="sm">
          {t("explanation.leftOut", { count: explanation.left_out })}
        </Alert>
      )}
      <RuleList person={person} explanation={explanation} ruleset={ruleset} />
      <StateThen facts={explanation.facts} />
    </>
  );
}
