"""What campaigns came to for each person: rows of the sessions table, listed by the four groups."""

import time
from collections.abc import Callable
from typing import Any

import msgspec

from kizuki.aws.clients import sort_key, translated
from kizuki.campaigns.outcomes import Group, Outcome

DAY_SECONDS = 86_400
RETENTION_DAYS = 365
TIMES = ("shown_at", "clicked_at", "closed_at", "goal_at")


class PersonOutcome(msgspec.Struct):
    person: str
    outcome: Outcome


class OutcomeStore:
    """`client` is a botocore DynamoDB client. Writing the same again changes nothing."""

    def __init__(self, client: Any, table: str, *, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def put(self, site: str, campaign: str, person: str, outcome: Outcome) -> None:
        """Note what has changed; what is None stays as it was."""
        known = {name: value for name, value in msgspec.structs.asdict(outcome).items() if value is not None}
        values = {name: _typed(value) for name, value in known.items() if name != "group"}
        values["person"] = {"S": person}
        values["by_group"] = {"S": _listed(site, campaign, outcome.group)}
        values["expires_at"] = {"N": str(int(self._clock()) + RETENTION_DAYS * DAY_SECONDS)}
        with translated("noting an outcome"):
            self._client.update_item(
                TableName=self._table,
                Key=_key(site, campaign, person),
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
                ExpressionAttributeNames={f"#{name}": name for name in values},
                ExpressionAttributeValues={f":{name}": value for name, value in values.items()},
            )

    def inherit(self, site: str, campaign: str, other: str, person: str) -> None:
        """Give a person the row of the device that turned out to be theirs, where they have none of their own."""
        with translated("moving an outcome"):
            answer = self._client.get_item(TableName=self._table, Key=_key(site, campaign, other), ConsistentRead=True)
            if (item := answer.get("Item")) is None:
                return
            known = self._client.get_item(
                TableName=self._table, Key=_key(site, campaign, person), ConsistentRead=True
            ).get("Item", {})
            mine = _key(site, campaign, person) | {"person": {"S": person}}
            # What the person has done themselves is newer than what the device had done before they signed in on it.
            self._client.put_item(TableName=self._table, Item=item | known | mine)
            self._client.delete_item(TableName=self._table, Key=_key(site, campaign, other))

    def listed(
        self, site: str, campaign: str, group: Group, *, limit: int, before: tuple[int, str] | None
    ) -> tuple[list[PersonOutcome], tuple[int, str] | None]:
        """List the people of one group, the last to see the campaign first, and where the next page begins."""
        arguments: dict[str, Any] = {}
        if before is not None:
            at, person = before
            arguments["ExclusiveStartKey"] = _key(site, campaign, person) | {
                "by_group": {"S": _listed(site, campaign, group)},
                "shown_at": {"N": str(at)},
            }
        with translated("listing outcomes"):
            page = self._client.query(
                TableName=self._table,
                IndexName="by_group",
                KeyConditionExpression="by_group = :group",
                ExpressionAttributeValues={":group": {"S": _listed(site, campaign, group)}},
                ScanIndexForward=False,
                Limit=limit,
                **arguments,
            )
        found = [PersonOutcome(item.get("person", item["sk"])["S"], _outcome(item, group)) for item in page["Items"]]
        last = page.get("LastEvaluatedKey")
        return found, None if last is None else (int(last["shown_at"]["N"]), last["sk"]["S"])


def _key(site: str, campaign: str, person: str) -> dict[str, Any]:
    return {"pk": {"S": f"{site}#campaign#{campaign}"}, "sk": {"S": sort_key(person)}}


def _listed(site: str, campaign: str, group: Group) -> str:
    return f"{site}#{campaign}#{group}"


def _typed(value: str | int) -> dict[str, str]:
    return {"S": value} if isinstance(value, str) else {"N": str(value)}


def _outcome(item: dict[str, Any], group: Group) -> Outcome:
    known = {name: int(item[name]["N"]) for name in (*TIMES, "replay_offset") if name in item}
    texts = {name: item[name]["S"] for name in ("variant", "replay_id") if name in item}
    return Outcome(group=group, **known, **texts)  # type: ignore[arg-type]
