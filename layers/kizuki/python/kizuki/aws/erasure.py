"""Take recordings out of every store for good, so that nothing late brings them back."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from kizuki.aws.clients import put_all, translated
from kizuki.aws.session_index import INDEX, key_of
from kizuki.aws.sessions import DAY_SECONDS, SESSION
from kizuki.errors import TryAgainError

DELETE_OBJECTS = 1000
GUARDED_DAYS = 60
"""How long nothing can be added to a session that was erased: recorders send nothing older than 30 days."""


class RecordingEraser:
    """`dynamodb` and `s3` are botocore clients, `table` the sessions table, `bucket` the one of replays."""

    def __init__(
        self, dynamodb: Any, table: str, s3: Any, bucket: str, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._s3 = s3
        self._bucket = bucket
        self._clock = clock

    def erase(self, site: str, session: str) -> None:
        """Erase one recording: guards first, so that nothing is added any more, then all else.

        Doing it again finishes what was cut off: the lists it is in are known until they are gone.
        """
        pk = f"{site}#{session}"
        for sk in (SESSION, INDEX):
            self._guard(pk, sk)
        # A chunk that was on its way is in the bucket by now, if not in the list.
        self._delete_objects(f"replays/{site}/{session}/")
        items = list(self._items(pk))
        index = next(item for item in items if item["sk"]["S"] == INDEX)
        if "facets" in index:
            at = {"S": key_of(int(index["started_at"]["N"]), session)}
            self._delete([{"pk": {"S": f"{site}#facet#{name}"}, "sk": at} for name in index["facets"]["SS"]])
        rest = [item for item in items if item["sk"]["S"] not in {SESSION, INDEX}]
        self._delete([{"pk": item["pk"], "sk": item["sk"]} for item in rest])
        expires_at = {"N": str(int(self._clock()) + GUARDED_DAYS * DAY_SECONDS)}
        bare = {"pk": {"S": pk}, "erased": {"BOOL": True}, "expires_at": expires_at}
        put_all(
            self._dynamodb, self._table, [bare | {"sk": {"S": sk}} for sk in (SESSION, INDEX)], "erasing a recording"
        )

    def _guard(self, pk: str, sk: str) -> None:
        with translated("guarding an erased recording"):
            self._dynamodb.update_item(
                TableName=self._table,
                Key={"pk": {"S": pk}, "sk": {"S": sk}},
                UpdateExpression="SET erased = :true",
                ExpressionAttributeValues={":true": {"BOOL": True}},
            )

    def _delete(self, keys: list[dict[str, Any]]) -> None:
        for key in keys:
            with translated("erasing a recording"):
                self._dynamodb.delete_item(TableName=self._table, Key=key)

    def _delete_objects(self, prefix: str) -> None:
        while True:
            with translated("erasing a recording"):
                page = self._s3.list_objects_v2(Bucket=self._bucket, Prefix=prefix, MaxKeys=DELETE_OBJECTS)
                found = [{"Key": each["Key"]} for each in page.get("Contents", [])]
                if not found:
                    return
                answer = self._s3.delete_objects(Bucket=self._bucket, Delete={"Objects": found, "Quiet": True})
            if answer.get("Errors"):
                raise TryAgainError("unavailable", f"{len(answer['Errors'])} chunks were not erased")

    def _items(self, pk: str) -> Iterator[dict[str, Any]]:
        start: dict[str, Any] = {}
        while True:
            with translated("reading the session"):
                page = self._dynamodb.query(
                    TableName=self._table,
                    KeyConditionExpression="pk = :pk",
                    ExpressionAttributeValues={":pk": {"S": pk}},
                    ConsistentRead=True,
                    **start,
                )
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
