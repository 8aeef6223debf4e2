"""What people wrote: the documents of the config table, every version of each, and the audit trail of a site."""

import time
from typing import Any, Literal

import msgspec

from kizuki.aws.clients import translated
from kizuki.errors import ConflictError, NotFoundError, TooLargeError
from kizuki.events.times import iso

Kind = Literal["campaign", "segment", "rule", "destination", "template", "filter"]
Status = Literal["draft", "live", "paused", "ended"]
ChangeKind = Literal["created", "edited", "published", "paused", "ended", "returned", "deleted", "disabled"]
# DynamoDB takes items of 400 KB, keys and all.
MAX_DOCUMENT_BYTES = 390_000
ATTEMPTS = 5
VERSION_DIGITS = 6


class StoredDocument(msgspec.Struct):
    id: str
    status: Status
    updated_at: str
    document: dict[str, Any]
    version: int = 0
    """Grows with every change; 0 for what was never stored."""
    updated_by: str | None = None


class Version(msgspec.Struct):
    """A document as it was; `change` is what made it so."""

    version: int
    at: str
    by: str | None
    change: str
    status: Status
    document: dict[str, Any]


class Change(msgspec.Struct):
    """One line of the audit trail."""

    at: str
    by: str | None
    kind: str
    id: str
    name: str
    change: str
    version: int


class DocumentStore:
    """Read and write documents. `client` is a botocore DynamoDB client."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def documents(self, site: str, kind: Kind) -> list[StoredDocument]:
        """Read every document of one kind, by id."""
        return [_document(item) for item in self._listed(site, f"{kind}#")]

    def document(self, site: str, kind: Kind, id: str) -> StoredDocument:
        """Read one document. Raises NotFoundError."""
        item = self._get(f"site#{site}", f"{kind}#{id}")
        if item is None:
            raise NotFoundError(f"unknown_{kind}", f"there is no {kind} {id!r}")
        return _document(item)

    def put_document(
        self,
        site: str,
        kind: Kind,
        stored: StoredDocument,
        *,
        change: ChangeKind = "edited",
        by: str | None = None,
        expected: int | None = None,
    ) -> StoredDocument:
        """Write one document as a new version, with a line of the audit trail; return it as it is stored.

        `expected` is the version it was edited from (0: none must exist): ConflictError when it is another by now.
        Raises TooLargeError.
        """
        document = msgspec.json.encode(stored.document)
        if len(document) > MAX_DOCUMENT_BYTES:
            reason = f"the {kind} is {len(document)} bytes, over the limit of {MAX_DOCUMENT_BYTES}"
            raise TooLargeError(f"{kind}_too_large", reason, limit=MAX_DOCUMENT_BYTES)
        for _ in range(ATTEMPTS):
            known = self._get(f"site#{site}", f"{kind}#{stored.id}")
            before = _version(known) if known else 0
            if expected is not None and (before != expected or (expected == 0 and known is not None)):
                raise _changed(kind, stored.id, before, expected)
            new = msgspec.structs.replace(stored, version=before + 1, updated_by=by)
            made = "created" if known is None and change == "edited" else change
            try:
                self._write(site, kind, new, change=made, before=before)
            except ConflictError:
                continue
            return new
        raise ConflictError("changed_meanwhile", f"the {kind} {stored.id!r} is being changed by others")

    def delete_document(self, site: str, kind: Kind, id: str, *, by: str | None = None) -> None:
        """Delete a document; its versions stay. Raises NotFoundError."""
        stored = self.document(site, kind, id)
        line = _line(site, kind, stored, change="deleted", by=by)
        with translated("deleting a document"):
            self._client.transact_write_items(
                TransactItems=[
                    {"Delete": {"TableName": self._table, "Key": _key(site, f"{kind}#{id}")}},
                    {"Put": {"TableName": self._table, "Item": line}},
                ]
            )

    def versions(self, site: str, kind: Kind, id: str) -> list[Version]:
        """List every version of a document, newest first."""
        return [_stored_version(item) for item in self._listed(site, f"version#{kind}#{id}#")][::-1]

    def version(self, site: str, kind: Kind, id: str, number: int) -> Version:
        """Read one version. Raises NotFoundError."""
        item = self._get(f"site#{site}", _version_key(kind, id, number))
        if item is None:
            raise NotFoundError("unknown_version", f"the {kind} {id!r} has no version {number}")
        return _stored_version(item)

    def note_change(
        self, site: str, kind: str, id: str, name: str, *, by: str | None, change: ChangeKind = "edited"
    ) -> None:
        """Add a line to the audit trail for what is no document, such as settings."""
        stored = StoredDocument(id, "live", "", {"name": name})
        self._put_item(_line(site, kind, stored, change=change, by=by))

    def changes(self, site: str, *, limit: int, before: str | None = None) -> tuple[list[Change], str | None]:
        """Read the audit trail, newest first, and the cursor of the next page."""
        last = f"change#{before}" if before else "change#~"
        with translated("reading the audit trail"):
            page = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
                ExpressionAttributeValues={
                    ":pk": {"S": f"site#{site}"},
                    ":first": {"S": "change#"},
                    ":last": {"S": last},
                },
                ScanIndexForward=False,
                Limit=limit + 1,
            )
        # The cursor is the line to begin with: what lies between is inclusive.
        items = page["Items"]
        more = items[limit]["sk"]["S"].removeprefix("change#") if len(items) > limit else None
        return [msgspec.json.decode(item["change"]["S"], type=Change) for item in items[:limit]], more

    def _write(self, site: str, kind: Kind, new: StoredDocument, *, change: ChangeKind, before: int) -> None:
        document = msgspec.json.encode(new.document).decode()
        about = {"status": {"S": new.status}, "document": {"S": document}, "updated_at": {"S": new.updated_at}}
        about |= {"version": {"N": str(new.version)}} | (
            {"updated_by": {"S": new.updated_by}} if new.updated_by else {}
        )
        put: dict[str, Any] = {
            "TableName": self._table,
            "Item": _key(site, f"{kind}#{new.id}") | about,
            "ConditionExpression": "attribute_not_exists(#version)",
            "ExpressionAttributeNames": {"#version": "version"},
        }
        if before:
            put |= {
                "ConditionExpression": "#version = :before",
                "ExpressionAttributeValues": {":before": {"N": str(before)}},
            }
        version = _key(site, _version_key(kind, new.id, new.version)) | about | {"change": {"S": change}}
        line = _line(site, kind, new, change=change, by=new.updated_by)
        with translated("writing a document"):
            self._client.transact_write_items(
                TransactItems=[
                    {"Put": put},
                    {"Put": {"TableName": self._table, "Item": version}},
                    {"Put": {"TableName": self._table, "Item": line}},
                ]
            )

    def _listed(self, site: str, prefix: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        arguments: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :prefix)",
            "ExpressionAttributeValues": {":pk": {"S": f"site#{site}"}, ":prefix": {"S": prefix}},
            # What was just written is published.
            "ConsistentRead": True,
        }
        while True:
            with translated("reading the configuration"):
                page = self._client.query(**arguments)
            found += page["Items"]
            if "LastEvaluatedKey" not in page:
                return found
            arguments["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _get(self, pk: str, sk: str) -> dict[str, Any] | None:
        with translated("reading the configuration"):
            answer = self._client.get_item(
                TableName=self._table, Key={"pk": {"S": pk}, "sk": {"S": sk}}, ConsistentRead=True
            )
        item: dict[str, Any] | None = answer.get("Item")
        return item

    def _put_item(self, item: dict[str, Any]) -> None:
        with translated("writing the configuration"):
            self._client.put_item(TableName=self._table, Item=item)


def _key(site: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": f"site#{site}"}, "sk": {"S": sk}}


def _version_key(kind: str, id: str, number: int) -> str:
    return f"version#{kind}#{id}#{number:0{VERSION_DIGITS}d}"


def _line(site: str, kind: str, stored: StoredDocument, *, change: str, by: str | None) -> dict[str, Any]:
    at = iso(time.time_ns() // 1_000_000)
    name = str(stored.document.get("name", stored.id))
    line = Change(at, by, kind, stored.id, name, change, stored.version)
    told = msgspec.json.encode(line).decode()
    return _key(site, f"change#{at}#{kind}#{stored.id}#{stored.version}") | {"change": {"S": told}}


def _changed(kind: str, id: str, found: int, expected: int) -> ConflictError:
    if expected == 0:
        return ConflictError("id_taken", f"there is a {kind} {id!r} already", path="id")
    return ConflictError("changed_meanwhile", f"the {kind} {id!r} is at version {found} by now, not {expected}")


def _version(item: dict[str, Any]) -> int:
    return int(item["version"]["N"]) if "version" in item else 0


def _text(item: dict[str, Any], name: str) -> str | None:
    return item[name]["S"] if name in item else None


def _document(item: dict[str, Any]) -> StoredDocument:
    return StoredDocument(
        id=item["sk"]["S"].partition("#")[2],
        status=item["status"]["S"],
        updated_at=item["updated_at"]["S"],
        document=msgspec.json.decode(item["document"]["S"]),
        version=_version(item),
        updated_by=_text(item, "updated_by"),
    )


def _stored_version(item: dict[str, Any]) -> Version:
    return Version(
        version=_version(item),
        at=item["updated_at"]["S"],
        by=_text(item, "updated_by"),
        change=item["change"]["S"],
        status=item["status"]["S"],
        document=msgspec.json.decode(item["document"]["S"]),
    )
