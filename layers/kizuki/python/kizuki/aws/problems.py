"""What the tag saw go wrong with campaigns on people's screens: rows of the metrics table, 30 days."""

import time
from typing import Any

import msgspec

from kizuki.aws.clients import sort_key, translated
from kizuki.campaigns.screens import ScreenProblem

LOG_DAYS = 30
DAY_SECONDS = 86_400


class ProblemLog:
    """`client` is a botocore DynamoDB client."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def put(self, site: str, problem: ScreenProblem) -> None:
        """Keep a problem. Writing the same again changes nothing."""
        item = {
            "pk": {"S": _partition(site, problem.campaign)},
            "sk": {"S": f"{problem.at}#{sort_key(problem.message_id)}"},
            "problem": {"S": msgspec.json.encode(problem).decode()},
            "expires_at": {"N": str(int(time.time()) + LOG_DAYS * DAY_SECONDS)},
        }
        with translated("keeping a problem"):
            self._client.put_item(TableName=self._table, Item=item)

    def listed(
        self, site: str, campaign: str, *, limit: int, before: str | None
    ) -> tuple[list[ScreenProblem], str | None]:
        """List the problems of a campaign, newest first, and the cursor of the next page."""
        condition, values = "pk = :pk", {":pk": {"S": _partition(site, campaign)}}
        if before is not None:
            condition, values[":before"] = f"{condition} AND sk < :before", {"S": before}
        with translated("listing problems"):
            page = self._client.query(
                TableName=self._table,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=values,
                ScanIndexForward=False,
                Limit=limit,
            )
        found = [msgspec.json.decode(item["problem"]["S"], type=ScreenProblem) for item in page["Items"]]
        return found, page["Items"][-1]["sk"]["S"] if "LastEvaluatedKey" in page else None


def _partition(site: str, campaign: str) -> str:
    return f"{site}#problems#{campaign}"
