"""The config table: sites, keys, documents, and the published rulesets."""

import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Literal

import msgspec
import zstandard

from kizuki.aws.clients import translated
from kizuki.aws.documents import DocumentStore
from kizuki.errors import ForbiddenError, NotFoundError, UnauthorizedError
from kizuki.events.times import iso
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import Ruleset

KeyKind = Literal["write", "secret"]
KEY_MAX_AGE = 30.0
PUBLISHED_PREFIX = "published#"
PREVIEW_SECONDS = 3600

_decode_ruleset = msgspec.json.Decoder(Ruleset).decode


class KeyGrant(msgspec.Struct, frozen=True):
    """What a key allows: one site, and for the public write key only from that site's origins (none listed: any)."""

    site: str
    kind: KeyKind
    origins: frozenset[str]
    timeline_days: int = 365
    identity_secret: str | None = None
    """What signs user tokens, where the site wants members proved."""
    recording_days: int | None = None
    """How long the site keeps recordings, where it wants less than the deployment."""

    def allow(self, origin: str | None) -> None:
        """Raise ForbiddenError unless a request from this origin (None: not a browser) may use the key."""
        if origin is None:
            return
        if self.kind == "secret":
            raise ForbiddenError(
                "secret_key_in_browser", "the secret key must not be used in a browser: use the write key"
            )
        if self.origins and origin not in self.origins:
            raise ForbiddenError("origin_not_allowed", f"{origin} is not among the site's origins")


class Site(msgspec.Struct):
    id: str
    name: str
    timezone: str = "Asia/Tokyo"
    origins: list[str] = []
    write_key: str = ""
    spacing_seconds: int = 0
    spacing_pages: int = 0
    theme: dict[str, Any] = {}
    """What messages look like; empty is the tag's own look."""
    allow_scripts: bool = False
    """Whether campaigns may run JavaScript on the site's pages."""
    recording: dict[str, Any] = {}
    """RecordingSettings as written; empty is everything, with the usual masks."""
    timeline_days: int = 365
    verify_identity: bool = False
    """Whether a `userId` counts only with a token signed with the identity secret, or by the secret key."""
    identity_secret: str = ""


class Published(msgspec.Struct):
    """A ruleset version and when it went live; version 0 was never published."""

    version: int
    published_at: str | None


class ConfigStore(DocumentStore):
    """Read and write configuration, documents among it. `client` is a botocore DynamoDB client."""

    def __init__(
        self, client: Any, table: str, *, ruleset_max_age: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(client, table)
        self._max_age = ruleset_max_age
        self._clock = clock
        self._grants: dict[str, tuple[float, KeyGrant]] = {}
        self._engines: dict[str, tuple[float, Engine]] = {}

    def site_for_key(self, key: str | None) -> KeyGrant:
        """Find what a key allows. Raises UnauthorizedError for none and for one that is unknown or revoked."""
        if not key:
            raise UnauthorizedError("missing_key", "a write key is needed, as HTTP Basic user name or writeKey")
        now = self._clock()
        known = self._grants.get(key)
        if known is not None and now - known[0] < KEY_MAX_AGE:
            return known[1]
        item = self._get(f"key#{hashed(key)}", "key")
        if item is None or "revoked_at" in item:
            self._grants.pop(key, None)
            raise UnauthorizedError("unknown_key", "this key is not known, or was revoked")
        site = self.site(item["site"]["S"])
        kind: KeyKind = "secret" if item["kind"]["S"] == "secret" else "write"
        secret = site.identity_secret if site.verify_identity else None
        days = site.recording.get("retention_days")
        grant = KeyGrant(site.id, kind, frozenset(site.origins), site.timeline_days, secret, days)
        self._grants[key] = (now, grant)
        return grant

    def put_key(self, key: str, *, site: str, kind: KeyKind, created_at: str) -> None:
        item = {"site": {"S": site}, "kind": {"S": kind}, "created_at": {"S": created_at}}
        self._put(f"key#{hashed(key)}", "key", item)

    def site(self, site: str) -> Site:
        """Read a site. Raises NotFoundError."""
        item = self._get(f"site#{site}", "site")
        if item is None:
            raise NotFoundError("unknown_site", f"there is no site {site!r}")
        return msgspec.json.decode(item["document"]["S"], type=Site)

    def sites(self) -> list[Site]:
        """List every site, through the directory that `put_site` keeps."""
        with translated("listing sites"):
            items = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": "sites"}},
            )["Items"]
        return [self.site(item["sk"]["S"]) for item in items]

    def put_site(self, site: Site) -> None:
        self._put(f"site#{site.id}", "site", {"document": {"S": msgspec.json.encode(site).decode()}})
        self._put("sites", site.id, {})

    def put_preview(self, site: str, token: str, actions: dict[str, Any]) -> int:
        """Keep what a draft looks like, by language, for whoever has the token; return its end, epoch seconds."""
        expires_at = int(time.time()) + PREVIEW_SECONDS
        item = {"actions": {"S": msgspec.json.encode(actions).decode()}, "expires_at": {"N": str(expires_at)}}
        self._put(f"site#{site}", f"preview#{hashed(token)}", item)
        return expires_at

    def preview(self, site: str, token: str) -> dict[str, Any]:
        """Read a preview. Raises NotFoundError when there is none, or no more."""
        item = self._get(f"site#{site}", f"preview#{hashed(token)}")
        # DynamoDB takes its time to delete what has expired.
        if item is None or int(item["expires_at"]["N"]) < time.time():
            raise NotFoundError("unknown_preview", "this preview does not exist, or has expired")
        actions: dict[str, Any] = msgspec.json.decode(item["actions"]["S"])
        return actions

    def destination(self, site: str, id: str) -> dict[str, Any]:
        """Read a destination's document. Raises NotFoundError."""
        return self.document(site, "destination", id).document

    def engine(self, site: str, *, at_least: int = 0) -> Engine:
        """Return the compiled ruleset that is live on a site; an empty one before anything was published.

        The pointer is read again at most every `ruleset_max_age` seconds, or when the version is not `at_least` that; a
        version only when the pointer has moved.
        """
        now = self._clock()
        known = self._engines.get(site)
        if known is not None and now - known[0] < self._max_age and known[1].version >= at_least:
            return known[1]
        version = self.ruleset_version(site)
        if known is not None and known[1].ruleset.version == version:
            engine = known[1]
        else:
            engine = Engine(self.ruleset(site, version))
        self._engines[site] = (now, engine)
        return engine

    def ruleset_version(self, site: str) -> int:
        """Return the version the pointer names; 0 before the first."""
        pointer = self._get(f"site#{site}", "ruleset")
        return int(pointer["version"]["N"]) if pointer else 0

    def live_at(self, site: str, moment: str) -> Published:
        """Tell which version was live at a moment (ISO 8601); version 0 before the first.

        A warm function may have gone on with the one before for `ruleset_max_age` seconds.
        """
        with translated("reading the configuration"):
            newest = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
                ExpressionAttributeValues={
                    ":pk": {"S": f"site#{site}"},
                    ":first": {"S": PUBLISHED_PREFIX},
                    ":last": {"S": f"{PUBLISHED_PREFIX}{moment}~"},
                },
                ScanIndexForward=False,
                Limit=1,
            )["Items"]
        if not newest:
            return Published(0, None)
        published_at, _, version = newest[0]["sk"]["S"].removeprefix(PUBLISHED_PREFIX).partition("#")
        return Published(int(version), published_at)

    def publish(self, ruleset: Ruleset) -> None:
        """Write an immutable version and move the pointer to it. Raises ConflictError when another came first."""
        published_at = iso(time.time_ns() // 1_000_000)
        compiled = zstandard.ZstdCompressor().compress(msgspec.json.encode(ruleset))
        pk, version = {"S": f"site#{ruleset.site}"}, {"N": str(ruleset.version)}
        item = {
            "pk": pk,
            "sk": {"S": f"ruleset#{ruleset.version:010d}"},
            "compiled": {"B": compiled},
            "published_at": {"S": published_at},
        }
        dated = {"pk": pk, "sk": {"S": f"{PUBLISHED_PREFIX}{published_at}#{ruleset.version:010d}"}}
        pointer: dict[str, Any] = {
            "Item": {"pk": pk, "sk": {"S": "ruleset"}, "version": version},
            "ConditionExpression": "attribute_not_exists(pk) OR #version = :before",
            "ExpressionAttributeValues": {":before": {"N": str(ruleset.version - 1)}},
            "ExpressionAttributeNames": {"#version": "version"},
        }
        with translated("publishing"):
            self._client.transact_write_items(
                TransactItems=[
                    {
                        "Put": {
                            "TableName": self._table,
                            "Item": item,
                            "ConditionExpression": "attribute_not_exists(pk)",
                        }
                    },
                    {"Put": {"TableName": self._table, "Item": dated}},
                    {"Put": {"TableName": self._table} | pointer},
                ]
            )
        self._engines.pop(ruleset.site, None)

    def ruleset(self, site: str, version: int) -> Ruleset:
        """Read a published version; an empty one for 0. Raises NotFoundError."""
        if version == 0:
            return Ruleset(0, site, self.site(site).timezone)
        item = self._get(f"site#{site}", f"ruleset#{version:010d}")
        if item is None:
            raise NotFoundError("unknown_ruleset", f"site {site!r} has no ruleset {version}")
        return _decode_ruleset(
            zstandard.ZstdDecompressor().decompress(item["compiled"]["B"], max_output_size=64 * 1024 * 1024)
        )

    def _put(self, pk: str, sk: str, attributes: dict[str, Any]) -> None:
        self._put_item({"pk": {"S": pk}, "sk": {"S": sk}} | attributes)


def hashed(key: str) -> str:
    """Keys are stored as SHA-256 only: they are random, so no salt is needed."""
    return sha256(key.encode()).hexdigest()
