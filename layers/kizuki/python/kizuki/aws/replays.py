"""The replays bucket: chunks, each written once."""

from typing import Any

from botocore.exceptions import ClientError

from kizuki.aws.clients import translated
from kizuki.replay.chunk import Chunk

READ_SECONDS = 15 * 60


class ReplayStore:
    """`client` is a botocore S3 client."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, chunk: Chunk) -> None:
        """Store a chunk unless it is there: the first one to arrive wins, so nobody can replace what was seen."""
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
                )
            except ClientError as error:
                if error.response["Error"]["Code"] != "PreconditionFailed":
                    raise

    def url(self, key: str) -> str:
        """Presign a GET, valid for 15 minutes."""
        parameters = {"Bucket": self._bucket, "Key": key}
        url: str = self._client.generate_presigned_url("get_object", Params=parameters, ExpiresIn=READ_SECONDS)
        return url
