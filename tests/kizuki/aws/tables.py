"""Tables as docs/architecture.md defines them, on the account in memory."""

from typing import Any

INDEXES = {
    "sessions": {
        "by_person": ("person_key", "started_at"),
        "by_site": ("site", "started_at"),
        "by_activity": ("site", "active_at"),
    }
}


def create_table(dynamodb: Any, name: str) -> None:
    indexes = INDEXES.get(name, {})
    keys = {"pk": "S", "sk": "S"}
    for hash_key, range_key in indexes.values():
        keys |= {hash_key: "S", range_key: "N"}
    arguments: dict[str, Any] = {}
    if indexes:
        arguments["GlobalSecondaryIndexes"] = [
            {"IndexName": index, "KeySchema": _schema(*pair), "Projection": {"ProjectionType": "ALL"}}
            for index, pair in indexes.items()
        ]
    dynamodb.create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": type_} for key, type_ in keys.items()],
        KeySchema=_schema("pk", "sk"),
        BillingMode="PAY_PER_REQUEST",
        **arguments,
    )


def _schema(hash_key: str, range_key: str) -> list[dict[str, str]]:
    return [{"AttributeName": hash_key, "KeyType": "HASH"}, {"AttributeName": range_key, "KeyType": "RANGE"}]
