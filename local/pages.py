"""The built web pages, put where the distributions serve them from."""

import hashlib
import json
import mimetypes
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from local.toolchain import WEB

# Python asks the machine's own list first, and some call JavaScript plain text.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


def upload(s3: Any, bucket: str, settings: Mapping[str, Mapping[str, Any]]) -> int:
    """Make the bucket hold what is built, plus a `config.json` for each page that has settings; count what changed."""
    wanted = dict(_built()) | {
        f"{page}/config.json": json.dumps(values, ensure_ascii=False, indent=2).encode()
        for page, values in settings.items()
    }
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    present = {item["Key"]: item["ETag"].strip('"') for page in pages for item in page.get("Contents", [])}
    changed = {
        key: body
        for key, body in wanted.items()
        if present.get(key) != hashlib.md5(body, usedforsecurity=False).hexdigest()
    }
    for key, body in changed.items():
        s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType=content_type(key), CacheControl=cache_control(key))
    stale = present.keys() - wanted.keys()
    for key in stale:
        s3.delete_object(Bucket=bucket, Key=key)
    return len(changed) + len(stale)


def content_type(key: str) -> str:
    known = TYPES.get(Path(key).suffix) or mimetypes.guess_type(key)[0]
    return known or "application/octet-stream"


def cache_control(key: str) -> str:
    """Names in `assets/` carry a hash of what they hold."""
    return FOREVER if "/assets/" in key else ASK_AGAIN


def _built() -> Iterator[tuple[str, bytes]]:
    for folder in sorted(WEB.glob("*/dist")):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix != ".ts":
                yield f"{folder.parent.name}/{file.relative_to(folder).as_posix()}", file.read_bytes()
