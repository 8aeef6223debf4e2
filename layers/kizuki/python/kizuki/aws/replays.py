"""The replays bucket: chunks, each written once."""

from typing import Any

from botocore.exceptions import ClientError

from kizuki.aws.clients import translated
from kizuki.replay.chunk import Chunk

READ_SECONDS = 15 * 60
KEEP_TAG = "keep"
KEPT_DAYS = (1, 3, 7, 14, 30, 60, 90, 180, 365)
"""The bucket's lifecycle has a rule for each: objects go with the first that is no shorter than their site wants."""


class ReplayStore:
    """`client` is a botocore S3 client."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, chunk: Chunk, *, days: int) -> None:
        """Store a chunk, for at least so many days, unless it is there.

        The first one to arrive wins, so nobody can replace what was seen.
        """
        kept = next((each for each in KEPT_DAYS if each >= days), None)
        with translated("storing the chunk"):
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=chunk.key,
                    Body=chunk.body,
                    ContentType="application/json",
                    ContentEncoding="gzip",
                    CacheControl="private, max-age=86400, immutable",
                    IfNoneMatch="*",
                    **({} if kept is None else {"Tagging": f"{KEEP_TAG}={kept}"}),
                )
            except ClientError as error:
                if error.response["Error"]["Code"] != "PreconditionFailed":
                    raise

    def url(self, key: str) -> str:
        """Presign a GET, valid for 15 minutes."""
        parameters = {"Bucket": self._bucket, "Key": key}
        url: str = self._client.generate_presigned_url("get_object", Params=parameters, ExpiresIn=READ_SECONDS)
        return url
