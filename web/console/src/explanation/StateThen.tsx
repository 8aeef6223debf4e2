import { Anchor, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Explanation } from "../api/types";
import { segmentPath, useConsole, useSite } from "../console";
import { Fields } from "../events/EventDetails";
import { number } from "../format/values";
import { Statistics } from "../people/Statistics";
import { When } from "../ui/When";

/** The person as they were at that event. */
export function StateThen({ facts }: { facts: Explanation["facts"] }) {
  const { t, i18n } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const id = useId();
  const segments = useQuery(queries.segments(site)).data?.items;
  return (
    <section aria-labelledby={id} className="k-then">
      <Title order={3} size="h6" id={id}>
        {t("explanation.then")}
      </Title>
      <dl className="k-facts">
        <Fact name={t("explanation.now")}>
          <When at={facts.now} mode="both" />
        </Fact>
        <Fact name={t("people.visits")}>{number(facts.visits, i18n.language)}</Fact>
      </dl>
      <Part title={t("people.segments")}>
        {facts.segments.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("fields.none")}
          </Text>
        ) : (
          <ul className="k-plainlist">
            {facts.segments.map((segment) => (
              <li key={segment}>
                <Anchor component={Link} to={segmentPath(site, segment)} size="sm">
                  {segments?.find((each) => each.id === segment)?.name ?? segment}
                </Anchor>
              </li>
            ))}
          </ul>
        )}
      </Part>
      {facts.statistics.length > 0 && (
        <Part title={t("person.statistics")}>
          <Statistics statistics={facts.statistics} />
        </Part>
      )}
      <Part title={t("person.traits")}>
        <Fields label={t("person.traits")} object={facts.traits} />
      </Part>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed" mb={4}>
        {title}
      </Text>
      {children}
    </div>
  );
}
