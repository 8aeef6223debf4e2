"""The watch, as its schedules call it: who is woken, who is told, and that one site's trouble is not another's."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from kizuki.absence.pulse import BUCKET_MS, bucket, start_of
from kizuki.aws.clients import put_all
from kizuki.aws.config import Site
from kizuki.aws.documents import StoredDocument
from kizuki.aws.lanes import LaneStore
from kizuki.aws.publishing import publish
from kizuki.errors import ConflictError, MalformedError
from tests.functions.conftest import CONSOLE, load

LONG_AGO = "2026-01-01T00:00:00.000Z"
BANNER = {
    "id": "banner",
    "name": "送料無料",
    "trigger": {"type": "event", "name": "page"},
    "variants": [{"id": "a", "action": {"type": "bar", "content": {"ja": {"title": "送料無料です"}}}}],
}
SLACK = {"id": "cs", "name": "CS", "type": "slack", "alerts": True, "secret": "kizuki/dev/destinations/shop/cs"}
USUAL = {"visits": 10, "campaign:banner": 5, "decided:banner": 5, "eligible:banner": 5}
SILENT = USUAL | {"campaign:banner": 0}
HOUR = 3_600_000


@pytest.fixture
def watch(platform):
    return load("watch")


@pytest.fixture
def shop(platform):
    """A shop whose banner was shown day and night for four weeks, and not in the last hour, though people came."""
    for kind, document in (("campaign", BANNER), ("destination", SLACK)):
        platform.config.put_document("shop", kind, StoredDocument(document["id"], "live", LONG_AGO, document))
    publish(platform.config, "shop")
    now = time.time_ns() // 1_000_000
    end = start_of(now)
    rows = {bucket(at): USUAL for at in range(end - 84 * HOUR, end - HOUR, BUCKET_MS)}
    rows |= {bucket(at): SILENT for at in range(end - HOUR, end, BUCKET_MS)}
    today = datetime.fromtimestamp(end / 1000, UTC).date()
    for ago in range(4, 31):
        day = [f"{today - timedelta(days=ago)}T{hour:02}:00Z" for hour in range(24)]
        rows |= {key: {name: n * 12 for name, n in USUAL.items()} for key in day}
    items = [
        {"pk": {"S": "shop#pulse"}, "sk": {"S": at}} | {name: {"N": str(n)} for name, n in told.items()}
        for at, told in rows.items()
    ]
    put_all(platform.dynamodb, "metrics", items, "beating")


@pytest.mark.usefixtures("shop")
def test_a_campaign_that_nobody_sees_any_more_is_told_once_where_alerts_go(platform, watch, lambda_context):
    assert watch.handler({"task": "check"}, lambda_context) == {"alerts": 1}

    [told] = platform.notifications()
    assert (told["site"], told["destination"], told["event"]["name"]) == ("shop", "cs", "incident")
    assert "送料無料" in told["alert"]["title"]["ja"]
    assert "送料無料" in told["alert"]["title"]["en"]
    assert told["links"]["story"].startswith(f"{CONSOLE}/sites/shop/incidents/")
    assert watch.handler({"task": "check"}, lambda_context) == {"alerts": 0}
    assert platform.notifications() == []


@pytest.mark.usefixtures("shop")
def test_an_alert_that_was_sent_and_not_noted_comes_again_as_the_same(platform, watch, lambda_context, monkeypatch):
    def fail(*_):
        raise ConflictError("changed_meanwhile", "others write")

    with monkeypatch.context() as fault:
        fault.setattr(watch.watch, "told", fail)
        assert watch.handler({"task": "check"}, lambda_context) == {"alerts": 0}
    assert watch.handler({"task": "check"}, lambda_context) == {"alerts": 1}

    # By both, the delivery log knows what it has been told before.
    first, again = [(told["id"], told["occurred_at"]) for told in platform.notifications()]
    assert again == first
    assert watch.handler({"task": "check"}, lambda_context) == {"alerts": 0}


@pytest.mark.usefixtures("shop")
def test_a_site_that_cannot_be_looked_at_keeps_no_other_from_it(platform, watch, lambda_context):
    platform.config.put_site(Site("broken", "Broken", "No/Zone"))

    assert watch.handler({"task": "check"}, lambda_context) == {"alerts": 1}


def test_a_destination_that_something_waits_for_is_woken(platform, watch, lambda_context):
    LaneStore(platform.dynamodb, "metrics").touch("shop", "cs")

    assert watch.handler({"task": "sweep"}, lambda_context) == {"woken": 1}

    assert [(told["kind"], told["site"], told["destination"]) for told in platform.notifications()] == [
        ("wake", "shop", "cs")
    ]


def test_what_is_no_task_is_refused(watch, lambda_context):
    with pytest.raises(MalformedError):
        watch.handler({"task": "sleep"}, lambda_context)
