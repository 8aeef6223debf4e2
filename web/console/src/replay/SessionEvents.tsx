import { Text, UnstyledButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EventIcon } from "../events/EventIcon";
import { eventSummary, eventTitle } from "../events/wording";
import { counter } from "../format/time";
import { currentMarker, type Marker } from "./markers";

interface Props {
  markers: readonly Marker[];
  time: number;
  seek: (time: number) => void;
}

/** The visit's events beside its replay: a click goes there, and the list follows along. */
export function SessionEvents({ markers, time, seek }: Props) {
  const { t, i18n } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const current = currentMarker(markers, time)?.id;

  useEffect(() => {
    const row = current && list.current?.querySelector<HTMLElement>(`[data-event="${CSS.escape(current)}"]`);
    if (row && list.current) {
      // Only the list scrolls: the page stays where the reader has it.
      const { offsetTop, offsetHeight } = row;
      const { scrollTop, clientHeight } = list.current;
      if (offsetTop < scrollTop || offsetTop + offsetHeight > scrollTop + clientHeight) {
        list.current.scrollTo({ top: offsetTop - clientHeight / 2 });
      }
    }
  }, [current]);

  return (
    <section className="k-session-events" aria-label={t("replay.events")}>
      {markers.length === 0 ? (
        <Text size="sm" c="dimmed" p="sm">
          {t("replay.noEvents")}
        </Text>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
        <ol className="k-list" ref={list} tabIndex={0} aria-label={t("replay.events")}>
          {markers.map(({ id, at, kind, event }) => (
            <li key={id} className="k-row" data-event={id} aria-current={id === current ? "true" : undefined}>
              <UnstyledButton className="k-jump" onClick={() => seek(at)}>
                <Text span size="xs" c="dimmed" className="k-jump-at">
                  {counter(at)}
                </Text>
                <EventIcon kind={kind} size={24} />
                <span className="k-truncate">
                  <Text span size="sm" fw={600}>
                    {eventTitle(event, t)}
                  </Text>
                  <Text span size="sm" c="dimmed" ml={6}>
                    {eventSummary(event, i18n.language)}
                  </Text>
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
