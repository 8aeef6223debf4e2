"""The query around a condition: one reading of the table, copies removed, devices given to members, a row a person."""

from kizuki.events.parse import CLOCK_TOLERANCE_MS
from kizuki.events.times import epoch_ms, iso
from kizuki.rules.sql.needs import EVENT, Needs
from kizuki.rules.sql.values import text

ANSWER = ("person", "name", "email", "last_seen", "matches", "matching", "everyone", "complete_up_to")
SAMPLE = 20
HOPS = 3
"""How far identity is followed: from a device to its member, from that member to another, and on to a third."""
NARROW = ("person", "message_id", "type", "event", "anonymous_id", "user_id", "previous_id", "group_id", "session_id",
          "occurred_at", "received_at", "verified", "position", "traits")  # fmt: skip
MARGIN_MS = CLOCK_TOLERANCE_MS + 3_600_000
"""A row lies under the day it was delivered on: no more than this before the day it occurred on, by any clock."""
MOMENT, PLACES = len("2026-11-21T10:00:00.000Z"), 6
ARRIVAL = MOMENT + PLACES
"""Text that begins with a time, and then the place in its request, sorts as time does."""
CLAIMS = "claim "
CLAIM = f"starts_with(item, '{CLAIMS}')"


def audience(holds: str, needs: Needs, *, site: str, as_of: str) -> str:
    """Write the query for the people of whom a condition, compiled over `needs`, holds."""
    name, email = (needs.newest_trait("trait", field) for field in ("name", "email"))
    if needs.times:
        seconds = "to_unixtime(from_iso8601_timestamp(occurred_at))"
        needs.carried[f"CAST(round({seconds} * 1000) AS BIGINT)"] = "occurred_ms"
    parsed = "".join(f",\n    json_parse({column}) AS {column}" for column in sorted(needs.wide))
    return f"""WITH stored AS (
{_stored(needs, site)}
),
decoded AS (
  SELECT person, message_id, type, event, anonymous_id, user_id, previous_id, group_id, session_id, verified,
    occurred_at, received_at, received_at || lpad(CAST(coalesce(position, 0) AS VARCHAR), {PLACES}, '0') AS arrival,
    TRY_CAST(json_parse(traits) AS MAP(VARCHAR, JSON)) AS traits{parsed}
  FROM stored
),
reached AS (
  SELECT *{_select(needs.reached)}
  FROM decoded
),
extracted AS (
  SELECT person, type, event, anonymous_id, user_id, previous_id, group_id, session_id, verified,
    occurred_at, received_at, arrival, occurred_at || arrival AS moment,
    row_number() OVER (PARTITION BY person, message_id ORDER BY arrival) AS copy{_select(needs.columns)}
  FROM reached
),
items AS (
  SELECT CASE WHEN {CLAIM} THEN substr(item, {len(CLAIMS) + 1}) ELSE person END AS hop0,
    'u:' || user_id AS owner, item, type, event, group_id, session_id, occurred_at, received_at, arrival,
    moment{_select(needs.carried)}
  FROM extracted
  CROSS JOIN UNNEST({_items(needs, as_of)}) AS unnested (item)
  WHERE item IS NOT NULL
),
{_identified()}{_placed(needs)}people AS (
  SELECT person,
    max(received_at) AS received,
    max(occurred_at) FILTER (WHERE {EVENT}) AS last_seen{_select(needs.aggregates)}
  FROM placed
  WHERE NOT {CLAIM}
  GROUP BY person
),
told AS (
  SELECT *{_select(needs.told)}
  FROM people
),
judged AS (
  SELECT person, coalesce({name}, 'null') AS name, coalesce({email}, 'null') AS email, last_seen, received,
    CASE WHEN last_seen IS NOT NULL AND {holds} THEN 1 ELSE 0 END AS matches
  FROM told
)
SELECT person, name, email, last_seen, matches,
  sum(matches) OVER () AS matching,
  count(last_seen) OVER () AS everyone,
  max(received) OVER () AS complete_up_to
FROM judged
ORDER BY matches DESC, last_seen DESC, person
LIMIT {SAMPLE}"""


def _select(named: dict[str, str]) -> str:
    return "".join(f",\n    {expression} AS {name}" for expression, name in named.items())


def _stored(needs: Needs, site: str) -> str:
    """Read the site's rows; what is large only of the days on which what it is asked for can lie."""
    narrow, wide = ", ".join(NARROW), "".join(f", {column}" for column in sorted(needs.wide))
    missing = "".join(f", CAST(NULL AS VARCHAR) AS {column}" for column in sorted(needs.wide))
    of_site = f"site = {text(site)}"
    since = [each for each in needs.since if each is not None]
    if not needs.wide or len(since) < len(needs.since):
        return f"  SELECT {narrow}{wide} FROM events WHERE {of_site}"
    day = text(iso(max(0, epoch_ms(min(since)) - MARGIN_MS))[:10])
    return (
        f"  SELECT {narrow}{wide} FROM events WHERE {of_site} AND dt >= {day}\n  UNION ALL\n"
        f"  SELECT {narrow}{missing} FROM events WHERE {of_site} AND dt < {day}"
    )


def _items(needs: Needs, as_of: str) -> str:
    """What a row stands for: an event, a claim that someone is a member, and each of several values of a path.

    Who signs in on a device claims it; an alias claims a device, and another member only where that is proved. What
    was sent again, or was not yet at the moment asked of, tells only how far the hub is complete.
    """
    claims = (
        ("user_id IS NOT NULL AND anonymous_id IS NOT NULL", "a:' || anonymous_id"),
        ("type = 'alias' AND user_id IS NOT NULL AND previous_id IS NOT NULL", "a:' || previous_id"),
        ("type = 'alias' AND verified AND user_id <> previous_id", "u:' || previous_id"),
    )
    said = ", ".join(f"CASE WHEN {where} THEN '{CLAIMS}{who} END" for where, who in claims)
    values = "".join(f" || transform({column}, v -> '{column}:' || v)" for column in needs.exploded)
    return (
        f"CASE WHEN copy = 1 AND occurred_at <= {text(as_of)} "
        f"THEN ARRAY['event', {said}]{values} ELSE ARRAY['other'] END"
    )


def _identified() -> str:
    """Give rows to the member who claimed their device, or them, first.

    Of two members who claim each other, the later claim finds them to be one already.
    """
    hops = ""
    for n in range(1, HOPS + 1):
        before, source = f"hop{n - 1}", "items" if n == 1 else f"followed{n - 1}"
        hops += f"""claimed{n} AS (
  SELECT *, min(CASE WHEN {CLAIM} THEN arrival || owner END) OVER (PARTITION BY {before}) AS claim{n}
  FROM {source}
),
followed{n} AS (
  SELECT *, CASE WHEN {CLAIM} THEN {before} ELSE coalesce(substr(claim{n}, {ARRIVAL + 1}), {before}) END AS hop{n}
  FROM claimed{n}
),
"""
    n = HOPS
    return f"""{hops}identified AS (
  SELECT *, CASE
      WHEN hop{n} <> hop{n - 2} THEN hop{n}
      WHEN claim{n - 1} > claim{n} THEN hop{n - 2}
      ELSE hop{n - 1}
    END AS person
  FROM followed{n}
),
"""


def _placed(needs: Needs) -> str:
    """Tell each row its person's latest two visits and newest group, where they are asked for."""
    newest = {
        "this_visit": (needs.visits, "session_id", "session_id IS NOT NULL"),
        "previous_visit": (needs.visits, "session_id", "session_id <> this_visit"),
        "newest_group": (needs.group, "group_id", "type = 'group'"),
    }
    source, placed = "identified", ""
    for column, (asked, id_, where) in newest.items():
        if asked:
            latest = f"max(CASE WHEN {EVENT} AND {where} THEN occurred_at || {id_} END) OVER (PARTITION BY person)"
            placed += f"with_{column} AS (SELECT *, substr({latest}, {MOMENT + 1}) AS {column} FROM {source}),\n"
            source = f"with_{column}"
    return f"{placed}placed AS (SELECT * FROM {source}),\n"
