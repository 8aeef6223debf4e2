"""Incidents in the metrics table: one item each, a year, and beside them which are open."""

from typing import Any

import msgspec

from kizuki.absence.incident import Incident
from kizuki.aws.clients import translated
from kizuki.errors import ConflictError, NotFoundError
from kizuki.events.times import epoch_ms

DAY_SECONDS = 86_400
RETENTION_DAYS = 365
ATTEMPTS = 5
_decode = msgspec.json.Decoder(Incident).decode


class StoredIncident(msgspec.Struct):
    """An incident with the revision that a write must find."""

    incident: Incident
    rev: int = 0


class IncidentStore:
    """`client` is a botocore DynamoDB client."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def open(self, site: str) -> list[StoredIncident]:
        """Read what has not ended, the newest first; what was snoozed or closed is among it."""
        ids = [item["id"]["S"] for item in self._query(f"{site}#incidents#open", limit=None)[0]]
        found = [self.one(site, id_) for id_ in ids]
        return sorted(found, key=lambda stored: stored.incident.id, reverse=True)

    def one(self, site: str, id: str) -> StoredIncident:
        """Read an incident. Raises NotFoundError."""
        with translated("reading an incident"):
            answer = self._client.get_item(
                TableName=self._table, Key=_key(f"{site}#incidents", id), ConsistentRead=True
            )
        if "Item" not in answer:
            raise NotFoundError("unknown_incident", f"there is no incident {id!r}")
        return _stored(answer["Item"])

    def ended(
        self, site: str, *, limit: int | None, before: str | None = None, since: str = ""
    ) -> tuple[list[StoredIncident], str | None]:
        """List what has ended, by when it opened, newest first, and the id to go on from."""
        items, more = self._query(f"{site}#incidents", limit=limit, before=before, since=since)
        return [stored for stored in map(_stored, items) if stored.incident.ended_at is not None], more

    def put(self, site: str, stored: StoredIncident) -> StoredIncident:
        """Write an incident over the revision that was read. Raises ConflictError when another came first."""
        incident = stored.incident
        item = _key(f"{site}#incidents", incident.id) | {
            "incident": {"S": msgspec.json.encode(incident).decode()},
            "rev": {"N": str(stored.rev + 1)},
            "expires_at": {"N": str(epoch_ms(incident.opened_at) // 1000 + RETENTION_DAYS * DAY_SECONDS)},
        }
        put: dict[str, Any] = {"TableName": self._table, "Item": item, "ExpressionAttributeNames": {"#rev": "rev"}}
        if stored.rev:
            put["ConditionExpression"] = "#rev = :rev"
            put["ExpressionAttributeValues"] = {":rev": {"N": str(stored.rev)}}
        else:
            put["ConditionExpression"] = "attribute_not_exists(#rev)"
        key = _key(f"{site}#incidents#open", f"{incident.kind}#{incident.subject}")
        mark: dict[str, Any] = {"Put": {"TableName": self._table, "Item": key | {"id": {"S": incident.id}}}}
        if incident.ended_at is not None:
            mark = {"Delete": {"TableName": self._table, "Key": key}}
        with translated("writing an incident"):
            self._client.transact_write_items(TransactItems=[{"Put": put}, mark])
        return StoredIncident(incident, stored.rev + 1)

    def change(self, site: str, id: str, **fields: Any) -> Incident:
        """Set fields of an incident, whatever the watch writes meanwhile. Raises NotFoundError, ConflictError."""
        for _ in range(ATTEMPTS):
            stored = self.one(site, id)
            changed = msgspec.structs.replace(stored.incident, **fields)
            try:
                return self.put(site, StoredIncident(changed, stored.rev)).incident
            except ConflictError:
                continue
        raise ConflictError("changed_meanwhile", f"the incident {id!r} is being changed by others")

    def _query(
        self, pk: str, *, limit: int | None, before: str | None = None, since: str = ""
    ) -> tuple[list[dict[str, Any]], str | None]:
        condition, values = "pk = :pk", {":pk": {"S": pk}}
        if before is not None:
            condition, values[":before"] = f"{condition} AND sk < :before", {"S": before}
        elif since:
            condition, values[":since"] = f"{condition} AND sk BETWEEN :since AND :last", {"S": since}
            values[":last"] = {"S": "~"}
        arguments: dict[str, Any] = {} if limit is None else {"Limit": limit}
        found: list[dict[str, Any]] = []
        while True:
            with translated("listing incidents"):
                page = self._client.query(
                    TableName=self._table,
                    KeyConditionExpression=condition,
                    ExpressionAttributeValues=values,
                    ScanIndexForward=False,
                    ConsistentRead=True,
                    **arguments,
                )
            found += page["Items"]
            last = page.get("LastEvaluatedKey")
            if last is None or limit is not None:
                return found, None if last is None else last["sk"]["S"]
            arguments["ExclusiveStartKey"] = last


def _key(pk: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def _stored(item: dict[str, Any]) -> StoredIncident:
    return StoredIncident(_decode(item["incident"]["S"]), int(item["rev"]["N"]))
