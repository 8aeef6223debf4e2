"""The functions on an AWS account in memory, with the tables that the infrastructure defines."""

import base64
import itertools
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.documents import StoredDocument
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.publishing import publish
from kizuki.aws.visitors import VisitorStore
from kizuki.events import Event, decode_rows

FUNCTIONS = Path(__file__).parents[2] / "functions"
WRITE_KEY = "wk_shop"
SECRET_KEY = "sk_shop"
CONSOLE = "https://console.example.com"


@cache
def _code(handler: Path) -> CodeType:
    return compile(handler.read_bytes(), handler, "exec")


def load(name: str) -> ModuleType:
    """Run functions/<name>/handler.py, as a cold start does."""
    handler = FUNCTIONS / name / "handler.py"
    module = ModuleType(f"{name}_handler")
    module.__file__ = str(handler)
    exec(_code(handler), module.__dict__)  # noqa: S102 - our own
    return module


class Platform:
    """The account, the functions in it, and short ways to ask what arrived where."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, lambda_context: Any) -> None:
        self.context = lambda_context
        self.dynamodb, self.kinesis, self.sqs = client("dynamodb"), client("kinesis"), client("sqs")
        for table in ("visitors", "config", "metrics", "sessions"):
            create_table(table)
        self.kinesis.create_stream(StreamName="events", ShardCount=1)
        self.queue_url = self.sqs.create_queue(QueueName="notifications")["QueueUrl"]
        settings = {
            "VISITORS_TABLE": "visitors",
            "CONFIG_TABLE": "config",
            "METRICS_TABLE": "metrics",
            "SESSIONS_TABLE": "sessions",
            "EVENT_STREAM": "events",
            "NOTIFICATION_QUEUE": self.queue_url,
            "CONSOLE_URL": CONSOLE,
            "REPLAY_RETENTION_DAYS": "30",
            "RULESET_MAX_AGE": "0",
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        self.config = ConfigStore(self.dynamodb, "config", ruleset_max_age=0)
        self.visitors = VisitorStore(self.dynamodb, "visitors")
        self.metrics = MetricsStore(self.dynamodb, "metrics")
        self.add_site("shop", WRITE_KEY, SECRET_KEY)
        self.ingest = load("ingest")
        self.evaluate = load("evaluate")

    def add_site(
        self, id: str, write_key: str, secret_key: str, origins: tuple[str, ...] = ("https://shop.example.com",)
    ) -> None:
        self.config.put_site(Site(id, id.title(), "Asia/Tokyo", list(origins), write_key))
        self.config.put_key(write_key, site=id, kind="write", created_at="2026-11-21T00:00:00.000Z")
        self.config.put_key(secret_key, site=id, kind="secret", created_at="2026-11-21T00:00:00.000Z")

    def publish(self, kind: Any, *documents: dict[str, Any]) -> None:
        for document in documents:
            stored = StoredDocument(document["id"], "live", "2026-11-21T00:00:00.000Z", document)
            self.config.put_document("shop", kind, stored)
        publish(self.config, "shop")

    def post(
        self, body: Any, path: str = "/v1/batch", *, key: str | None = WRITE_KEY, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Send one request through the ingest function; a dict or list goes as JSON, bytes as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"content-type": "application/json"} | (headers or {})
        if key is not None:
            sent["authorization"] = "Basic " + base64.b64encode(f"{key}:".encode()).decode()
        answer = self.ingest.handler(request(path, data, sent), self.context)
        return answer["statusCode"], json.loads(answer["body"] or "null")

    def send(self, path: str, method: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        """Send a request without a body."""
        return self.ingest.handler(request(path, b"", headers or {}, method), self.context)

    def get(self, path: str) -> dict[str, Any]:
        return self.send(path, "GET")

    def records(self) -> list[dict[str, Any]]:
        """Every record on the stream, in order."""
        shard = self.kinesis.describe_stream(StreamName="events")["StreamDescription"]["Shards"][0]["ShardId"]
        iterator = self.kinesis.get_shard_iterator(StreamName="events", ShardId=shard, ShardIteratorType="TRIM_HORIZON")
        found, following = [], iterator["ShardIterator"]
        while True:
            page = self.kinesis.get_records(ShardIterator=following, Limit=10_000)
            if not page["Records"]:
                return found
            found += page["Records"]
            following = page["NextShardIterator"]

    def streamed(self) -> list[Event]:
        return [event for record in self.records() for event in decode_rows(record["Data"])[1]]

    def timeline(self, person: str, site: str = "shop") -> list[Event]:
        """Events of a person's timeline, oldest first."""
        batches, _ = self.visitors.timeline(site, person, before=None, limit=10_000)
        return [event for batch in reversed(batches) for event in batch.events]

    def fold(self, records: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        """Run evaluate on records (all of the stream), as Kinesis delivers them."""
        return self.evaluate.handler(kinesis_event(self.records() if records is None else records), self.context)

    def state(self, person: str, site: str = "shop") -> Any:
        return self.visitors.state(site, person)[0]

    def notifications(self) -> list[dict[str, Any]]:
        """Receive everything on the queue."""
        found: list[dict[str, Any]] = []
        while messages := self.sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10).get("Messages"):
            found += [json.loads(message["Body"]) for message in messages]
        return found


INDEXES = {
    "visitors": [("by_seen", "site", "seen_hour", "S", "KEYS_ONLY")],
    "sessions": [
        ("by_person", "person_key", "started_at", "N", "ALL"),
        ("by_site", "site", "started_at", "N", "ALL"),
        ("by_activity", "site", "active_at", "N", "ALL"),
        ("by_group", "by_group", "shown_at", "N", "ALL"),
    ],
}
"""Name, keys, type of the second key, projection."""


def create_table(name: str) -> None:
    indexes = INDEXES.get(name, [])
    types = {"pk": "S", "sk": "S"}
    for _, first, second, type_, _ in indexes:
        types |= {first: "S", second: type_}
    arguments: dict[str, Any] = {}
    if indexes:
        arguments["GlobalSecondaryIndexes"] = [
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": first, "KeyType": "HASH"},
                    {"AttributeName": second, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": projection},
            }
            for index, first, second, _, projection in indexes
        ]
    client("dynamodb").create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": type_} for key, type_ in types.items()],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        BillingMode="PAY_PER_REQUEST",
        **arguments,
    )


def operator_pool() -> str:
    """A user pool with one operator, `cs`."""
    cognito = client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="operators")["UserPool"]["Id"]
    cognito.admin_create_user(
        UserPoolId=pool, Username="cs", UserAttributes=[{"Name": "email", "Value": "cs@example.com"}]
    )
    return str(pool)


def request(path: str, body: bytes, headers: dict[str, str], method: str = "POST") -> dict[str, Any]:
    """An API Gateway HTTP API event, payload format 2.0."""
    return {
        "version": "2.0",
        "rawPath": path,
        "headers": headers,
        "queryStringParameters": {},
        "requestContext": {"http": {"method": method, "path": path, "sourceIp": "203.0.113.9"}},
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }


def kinesis_event(records: list[dict[str, Any]], shard: str = "shardId-000000000000") -> dict[str, Any]:
    return {
        "Records": [
            {
                "eventID": f"{shard}:{record['SequenceNumber']}",
                "kinesis": {
                    "partitionKey": record["PartitionKey"],
                    "sequenceNumber": record["SequenceNumber"],
                    "data": base64.b64encode(record["Data"]).decode(),
                },
            }
            for record in records
        ]
    }


@pytest.fixture
def platform(aws: None, monkeypatch: pytest.MonkeyPatch, lambda_context: Any) -> Platform:
    return Platform(monkeypatch, lambda_context)


_numbers = itertools.count(1)


@pytest.fixture
def track() -> Callable[..., dict[str, Any]]:
    """Make a track call of one visitor; fields override."""

    def make(event: str = "Product Viewed", **fields: Any) -> dict[str, Any]:
        call = {"type": "track", "event": event, "messageId": f"m-{next(_numbers)}", "anonymousId": "anon-1"}
        return call | {"context": {"session": {"id": "visit-1"}}} | fields

    return make


@pytest.fixture
def call(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Call one route as an operator of the given groups; returns status and document."""
    monkeypatch.setenv("REPLAY_BUCKET", "replays")
    monkeypatch.setenv("USER_POOL_ID", operator_pool())
    athena = {"ATHENA_WORKGROUP": "primary", "ATHENA_DATABASE": "kizuki", "QUERY_LIMIT_GB": "3", "SQL_DIALECT": "trino"}
    for name, value in athena.items():
        monkeypatch.setenv(name, value)
    notifying = {"SECRET_PREFIX": "kizuki/test/destinations", "OUTBOUND_LOOPBACK": "allow", "MAIL_FROM": ""}
    for name, value in notifying.items():
        monkeypatch.setenv(name, value)
    api = load("api")

    def ask(
        path: str, method: str = "GET", body: Any = None, *, groups: Any = "[admin]", query: Any = None
    ) -> tuple[int, Any]:
        event = {
            "version": "2.0",
            "routeKey": "ANY /api/{proxy+}",
            "rawPath": path,
            "headers": {"content-type": "application/json"},
            "queryStringParameters": query or {},
            "requestContext": {
                "http": {"method": method, "path": path, "sourceIp": "203.0.113.9"},
                "stage": "$default",
                "authorizer": {"jwt": {"claims": {"username": "cs", "cognito:groups": groups}, "scopes": None}},
            },
            "body": None if body is None else json.dumps(body),
            "isBase64Encoded": False,
        }
        answer = api.handler(event, platform.context)
        return answer["statusCode"], json.loads(answer["body"])

    ask.handler = api.handler
    return ask
