import gzip
import json
import random

import pytest

from kizuki.campaigns.definition import split_of
from tests.functions.conftest import request
from tests.kizuki.aws.faults import refuse

FREE_SHIPPING = {
    "id": "free-shipping",
    "name": "Free shipping",
    "trigger": {
        "type": "all",
        "of": [
            {"type": "event", "name": ["Product Added", "Cart Viewed"]},
            {"type": "property", "path": "cart.total", "op": "lt", "value": 5000},
        ],
    },
    "variants": [
        {
            "action": {
                "type": "bar",
                "content": {
                    "ja": {"title": "あと{{ (5000 - cart.total) | yen }}で送料無料です!"},
                    "en": {"title": "{{ (5000 - cart.total) | yen }} more for free shipping!"},
                },
            }
        }
    ],
    "caps": {"per_visit": 2},
}
ARM = f"arm:a@{split_of(FREE_SHIPPING)}"


@pytest.fixture(autouse=True)
def _no_backoff(monkeypatch):
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    monkeypatch.setattr("kizuki.aws.clients.PAUSE", 0)


def added(track, total, **fields):
    return track("Product Added", properties={"price": total, "cart": {"total": total}}, **fields)


def test_an_accepted_event_is_on_the_stream_and_the_timeline(platform, track):
    status, answer = platform.post({"batch": [track()]})

    assert status == 200
    assert answer["accepted"] == 1
    assert answer["session"] == {"id": "visit-1", "n": 1}
    assert platform.streamed() == platform.timeline("a:anon-1")
    assert [event.name for event in platform.streamed()] == ["Product Viewed"]


@pytest.mark.parametrize("kind", ["track", "page", "screen", "identify", "group", "alias"])
def test_every_call_of_the_segment_api_has_its_own_address(platform, track, kind):
    call = track(userId="42", groupId="acme", previousId="anon-1") | {"type": "ignored"}

    status, _ = platform.post(call, f"/v1/{kind}")

    assert status == 200
    assert [event.type for event in platform.streamed()] == [kind]


def test_the_campaign_answers_the_event_that_triggers_it(platform, track):
    platform.publish("campaign", FREE_SHIPPING)

    _, answer = platform.post({"batch": [added(track, 4000, context={"locale": "ja"})]})

    [action] = answer["actions"]
    assert action["content"]["title"] == "あと1,000円で送料無料です!"
    assert action["type"] == "bar"
    assert action["placement"] == "bottom"


def test_caps_hold_before_the_stream_is_folded(platform, track):
    platform.publish("campaign", FREE_SHIPPING)

    titles = [platform.post({"batch": [added(track, total)]})[1]["actions"] for total in (1000, 2000, 3000)]

    assert [len(actions) for actions in titles] == [1, 1, 0]
    last = platform.timeline("a:anon-1")[-1].decisions[0]
    assert (last.outcome, last.step, last.reason) == ("suppressed", "caps", "2 of 2 in this visit")


def test_an_event_sent_again_gets_the_same_answer_and_counts_once(platform, track):
    platform.publish("campaign", FREE_SHIPPING)
    event = added(track, 4000)

    first = platform.post({"batch": [event]})[1]["actions"]
    second = platform.post({"batch": [event]})[1]["actions"]
    platform.fold()

    assert first == second
    assert platform.state("a:anon-1").events == 1
    assert platform.state("a:anon-1").exposures["free-shipping"].decided == 1


def test_an_event_that_is_twice_in_a_batch_is_decided_once(platform, track):
    platform.publish("campaign", FREE_SHIPPING)
    event = added(track, 4000)

    _, answer = platform.post({"batch": [event, event]})
    platform.fold()

    assert len(answer["actions"]) == 1
    assert [[each.outcome for each in stored.decisions] for stored in platform.timeline("a:anon-1")] == [["shown"]] * 2
    assert platform.metrics.counters("shop", "campaign#") == {"free-shipping": {"decided": 1, f"{ARM}:exposed": 1}}


def test_a_batch_of_the_most_events_sent_again_counts_once(platform):
    calls = [{"type": "page", "anonymousId": "a", "messageId": f"m{n}"} for n in range(2500)]

    statuses = [platform.post({"batch": calls})[0] for _ in range(2)]
    platform.fold()

    assert statuses == [200, 200]
    assert platform.state("a:a").events == 2500


def test_a_missing_cart_suppresses_the_campaign_with_its_reason(platform, track):
    broken = FREE_SHIPPING | {"trigger": {"type": "event", "name": "Cart Viewed"}}
    platform.publish("campaign", broken)

    _, answer = platform.post({"batch": [track("Cart Viewed")]})

    assert answer["actions"] == []
    [decision] = platform.timeline("a:anon-1")[0].decisions
    assert (decision.outcome, decision.step) == ("suppressed", "content")
    assert "cart" in decision.reason


@pytest.mark.parametrize("title", ["{{ 1 | yen(2) }}", "{{ 1 | number(x=2) }}"])
def test_a_template_that_asks_too_much_disables_its_campaign_only(platform, track, title):
    content = {"en": {"title": title}}
    odd = FREE_SHIPPING | {"id": "odd", "variants": [{"action": {"type": "bar", "content": content}}]}
    platform.publish("campaign", FREE_SHIPPING, odd)

    status, answer = platform.post({"batch": [added(track, 4000)]})

    assert (status, [action["campaign"] for action in answer["actions"]]) == (200, ["free-shipping"])
    assert {(each.campaign, each.step) for each in platform.timeline("a:anon-1")[0].decisions} == {
        ("free-shipping", None),
        ("odd", "content"),
    }


def test_a_message_that_is_no_longer_true_is_withdrawn(platform, track):
    platform.publish("campaign", FREE_SHIPPING)

    before = platform.post({"batch": [added(track, 5000)]})[1]
    shown = platform.post({"batch": [added(track, 4000)]})[1]
    over = platform.post({"batch": [added(track, 5000)]})[1]
    both = platform.post({"batch": [added(track, 5000), added(track, 4500)]})[1]

    assert [answer["withdrawn"] for answer in (before, shown, over, both)] == [[], [], ["free-shipping"], []]
    assert [len(answer["actions"]) for answer in (before, shown, over, both)] == [0, 1, 0, 1]


def test_what_one_request_shows_and_takes_away_again_is_not_shown(platform, track):
    platform.publish("campaign", FREE_SHIPPING)
    batch = {"batch": [added(track, 4000), added(track, 9000)]}

    first = platform.post(batch)[1]
    again = platform.post(batch)[1]

    assert [(answer["actions"], answer["withdrawn"]) for answer in (first, again)] == [([], ["free-shipping"])] * 2


def test_what_a_shared_device_did_meanwhile_is_the_members_who_had_it_first(platform, track):
    platform.publish("campaign", FREE_SHIPPING | {"audience": {"type": "visits", "op": "gte", "value": 3}})
    platform.post({"batch": [track(userId="anna")]})
    platform.fold()
    # Anna has signed out; what follows is hers all the same, and on its way.
    platform.post({"batch": [track(context={"session": {"id": f"visit-{n}"}}) for n in (2, 3)]})

    _, answer = platform.post({"batch": [added(track, 4000) | {"userId": "ben"}]})

    assert (answer["actions"], answer["session"]) == ([], {"id": "visit-1", "n": 1})


def test_half_an_emoji_costs_nothing(platform):
    body = b'{"batch":[{"type":"track","event":"cut \\ud83d","anonymousId":"a"},{"type":"track","event":"\\ud83d\\ude00","anonymousId":"a"}]}'

    status, answer = platform.post(body)

    assert (status, answer["accepted"]) == (200, 2)
    assert [event.name for event in platform.timeline("a:a")] == ["cut \ufffd", "😀"]


def test_one_bad_event_costs_the_good_ones_nothing_and_is_kept_with_its_reason(platform, track):
    bad = track(properties={"note": "x" * 33_000})

    status, answer = platform.post({"batch": [track(), bad, track()]})

    assert status == 200
    assert answer["accepted"] == 2
    [refusal] = answer["refused"]
    assert (refusal["index"], refusal["code"], refusal["limit"]) == (1, "event_too_large", 32 * 1024)
    kept, _ = platform.ingest.ingest._metrics.refused("shop", before=None, limit=10)
    assert [(item["code"], item["path"]) for item in kept] == [("event_too_large", "batch[1]")]
    assert kept[0]["event"].startswith('{"type": "track"')


DEEP = b'{"batch":[{"type":"track","event":"x","anonymousId":"a","properties":{"a":' + b"[" * 40 + b"]" * 40 + b"}}]}"
DEEPER = (
    b'{"batch":[{"type":"track","event":"x","anonymousId":"a","properties":{"a":'
    + b"[" * 10_000
    + b"]" * 10_000
    + b"}}]}"
)


@pytest.mark.parametrize(
    ("body", "code", "path"),
    [
        (b'{"batch": [', "malformed_json", "$"),
        (b"", "malformed_json", "$"),
        (b"5", "invalid_event", "$"),
        (b'{"batch": 5}', "invalid_event", "batch"),
        (b'{"batch": []}', "empty_batch", "batch"),
        (b'{"batch":[{"type":"track","event":"x","anonymousId":"a","properties":{"a":NaN}}]}', "malformed_json", "$"),
        (b'{"batch":[{"type":"track","event":"x","anonymousId":"a","properties":{"a":1e400}}]}', "invalid_event", "batch[0]"),
        (b'{"batch":[{"type":"track","event":"x","anonymousId":"a","properties":{"a":9007199254740993}}]}', "integer_too_large", "batch[0].properties.a"),
        (b'{"batch":[{"type":"track","event":"x","anonymousId":"a","properties":{"a":"\xff"}}]}', "malformed_json", "batch[0]"),
        (DEEP, "too_deep", "batch[0].properties.a"),
        (DEEPER, "too_deep", "$"),
        (b'{"batch":[{"type":"nope","anonymousId":"a"}]}', "invalid_event", "batch[0].type"),
        (b'{"batch":[{"type":"track","event":"x"}]}', "missing_id", "batch[0]"),
        (b'{"batch":[{"type":"track","anonymousId":"a"}]}', "missing_event", "batch[0].event"),
        (b'{"batch":[{"type":"page","anonymousId":"undefined"}]}', "placeholder_id", "batch[0].anonymousId"),
        (b'{"batch":[{"type":"page","userId":"' + b"x" * 300 + b'"}]}', "too_long", "batch[0].userId"),
        (b'{"batch":[{"type":"page","anonymousId":"a","timestamp":"yesterday"}]}', "invalid_time", "batch[0].timestamp"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_what_and_where(platform, body, code, path):
    status, answer = platform.post(body)

    assert status == 400
    assert answer["error"]["code"] == code
    assert answer["error"]["path"].startswith(path)
    assert platform.records() == []


def test_a_field_of_a_single_call_is_named_without_ceremony(platform):
    _, answer = platform.post({"event": "x", "anonymousId": "a", "timestamp": "yesterday"}, "/v1/track")

    assert answer["error"]["path"] == "timestamp"


def test_an_unknown_type_is_told_the_known_ones(platform):
    _, answer = platform.post({"batch": [{"type": "click", "anonymousId": "a"}]})

    assert "track, page, screen, identify, group, alias" in answer["error"]["message"]


def test_an_authorization_header_that_is_no_basic_is_401(platform, track):
    status, answer = platform.post({"batch": [track()]}, key=None, headers={"authorization": "Basic é"})

    assert (status, answer["error"]["code"]) == (401, "malformed_key")


def test_a_body_over_the_limit_is_413_also_when_it_is_small_until_decompressed(platform):
    large = json.dumps({"batch": [], "x": "y" * 600_000}).encode()

    plain = platform.post(large)
    bomb = platform.post(gzip.compress(large), headers={"content-encoding": "gzip"})

    assert [plain[0], bomb[0]] == [413, 413]
    assert plain[1]["error"]["limit"] == 500 * 1024


def test_gzip_is_read_and_broken_gzip_is_named(platform, track):
    body = gzip.compress(json.dumps({"batch": [track()]}).encode())

    assert platform.post(body, headers={"content-encoding": "gzip"})[0] == 200
    status, answer = platform.post(body[:-9], headers={"content-encoding": "gzip"})
    assert (status, answer["error"]["code"]) == (400, "broken_gzip")


def test_gzip_that_was_read_as_text_is_told_how_to_send_it(platform, track):
    event = request("/v1/batch", b"", {"content-encoding": "gzip", "content-type": "application/json"})
    event |= {"isBase64Encoded": False, "body": gzip.compress(b"{}").decode(errors="replace")}

    answer = platform.ingest.handler(event, platform.context)

    assert answer["statusCode"] == 400
    assert "application/octet-stream" in json.loads(answer["body"])["error"]["message"]


@pytest.mark.parametrize(
    ("key", "headers", "status", "code"),
    [
        (None, {}, 401, "missing_key"),
        ("wk_other", {}, 401, "unknown_key"),
        ("wk_shop", {"origin": "https://evil.example.com"}, 403, "origin_not_allowed"),
        ("sk_shop", {"origin": "https://shop.example.com"}, 403, "secret_key_in_browser"),
    ],
)
def test_a_wrong_key_or_origin_is_refused(platform, track, key, headers, status, code):
    answered, answer = platform.post({"batch": [track()]}, key=key, headers=headers)

    assert (answered, answer["error"]["code"]) == (status, code)
    assert platform.records() == []


def test_a_beacon_carries_its_key_in_the_body(platform, track):
    body = {"batch": [track()], "writeKey": "wk_shop"}

    status, _ = platform.post(
        body, key=None, headers={"content-type": "text/plain", "origin": "https://shop.example.com"}
    )

    assert status == 200


def test_the_clock_of_the_client_does_not_matter(platform, track):
    event = track(timestamp="2001-01-01T00:00:00.000Z", sentAt="2001-01-01T00:00:10.000Z")

    platform.post({"batch": [event]})

    [stored] = platform.streamed()
    assert stored.received_at - stored.occurred_at == 10_000


def test_events_keep_their_order_however_long_a_request_took(platform, track):
    event = request("/v1/batch", b"", {"authorization": "Basic d2tfc2hvcDo="})

    for received_at, occurred in ((1795255204000, "10:00:00.000Z"), (1795255201100, "10:00:01.000Z")):
        event["requestContext"]["timeEpoch"] = received_at
        sent = {"batch": [track(timestamp=f"2026-11-21T{occurred}")], "sentAt": f"2026-11-21T{occurred}"}
        event |= {"body": json.dumps(sent), "isBase64Encoded": False}
        assert platform.ingest.handler(event, platform.context)["statusCode"] == 200

    first, second = platform.streamed()
    assert second.occurred_at - first.occurred_at == 1000
    assert first.received_at == 1795255204000


def test_a_servers_batch_is_split_by_person(platform, track):
    calls = [track(userId=str(n), anonymousId=None) for n in range(1, 61)]

    status, answer = platform.post({"batch": calls}, key="sk_shop")

    assert (status, answer["accepted"]) == (200, 60)
    assert len(platform.records()) == 60
    assert [len(platform.timeline(f"u:{n}")) for n in range(1, 61)] == [1] * 60


def leaving_out(times, key, part):
    """A botocore hook that takes part of a batch call's effect out of its answer, as a throttled service does."""
    left = [times]

    def hook(parsed, **_):
        if left[0] > 0:
            left[0] -= 1
            part(parsed[key] if key else parsed)

    return hook


def refuse_every_other(records):
    for record in records[::2]:
        record.clear()
        record |= {"ErrorCode": "ProvisionedThroughputExceededException", "ErrorMessage": "injected"}


@pytest.mark.parametrize(("times", "status"), [(2, 200), (100, 503)])
def test_what_the_stream_did_not_take_of_a_batch_is_sent_again(platform, track, times, status):
    events = platform.ingest.ingest._stream._client.meta.events
    events.register("after-call.kinesis.PutRecords", leaving_out(times, "Records", refuse_every_other))
    calls = [track(userId=str(n), anonymousId=None) for n in range(1, 6)]

    answered, _ = platform.post({"batch": calls}, key="sk_shop")
    platform.fold()

    assert answered == status
    assert [platform.state(f"u:{n}").events for n in range(1, 6)] == [1] * 5


def test_a_batch_that_is_larger_than_a_record_takes_several(platform, track):
    # Quotes are escaped once more in a row: 480 KB of them become twice as much.
    calls = [track(properties={"note": '"' * 7_850}) for _ in range(32)]

    status, answer = platform.post({"batch": calls})
    platform.fold()

    assert (status, answer["accepted"]) == (200, 32)
    assert len(platform.records()) > 1
    assert max(len(record["Data"]) for record in platform.records()) <= 1_000_000
    assert platform.state("a:anon-1").events == 32


THROTTLED = "ProvisionedThroughputExceededException"


def client_of(platform, operation):
    return platform.ingest.ingest._stream._client if operation.startswith("kinesis") else platform.ingest.dynamodb


@pytest.mark.parametrize("executed", [False, True], ids=["refused", "answer lost"])
@pytest.mark.parametrize("operation", ["kinesis.PutRecord", "dynamodb.PutItem", "dynamodb.Query"])
def test_passing_faults_are_retried(platform, track, operation, executed):
    refused = refuse(client_of(platform, operation), operation, THROTTLED, times=2, executed=executed)

    status, _ = platform.post({"batch": [track()]})
    platform.fold()

    assert (status, refused()) == (200, 2)
    assert len(platform.timeline("a:anon-1")) == 1
    assert platform.state("a:anon-1").events == 1


@pytest.mark.parametrize("executed", [False, True], ids=["refused", "answer lost"])
@pytest.mark.parametrize("operation", ["kinesis.PutRecord", "dynamodb.PutItem", "dynamodb.Query"])
def test_lasting_faults_are_503_and_a_retry_loses_and_doubles_nothing(platform, track, operation, executed):
    refuse(client_of(platform, operation), operation, THROTTLED, times=3, executed=executed)
    event = track()

    refused, answer = platform.post({"batch": [event]})
    retried, _ = platform.post({"batch": [event]})
    platform.fold()

    assert (refused, answer["error"]["code"]) == (503, "unavailable")
    assert retried == 200
    assert {stored.message_id for stored in platform.timeline("a:anon-1")} == {event["messageId"]}
    assert platform.state("a:anon-1").events == 1


@pytest.mark.parametrize(
    ("batch", "status", "code", "path"),
    [
        ({"batch": [{"type": "page", "userId": "1"}] * 2501}, 413, "too_many_events", "batch"),
        ({"batch": [{"type": "page", "userId": "1"}], "context": {"a": "x" * 33_000}}, 413, "context_too_large", "context"),
        ({"batch": [{"type": "page", "userId": "1"}] * 400, "context": {"a": "x" * 20_000}}, 413, "context_too_large", "context"),
        ({"batch": [{"type": "page", "userId": "1"}], "context": {"a": json.loads("[" * 40 + "]" * 40)}}, 400, "too_deep", "context.a"),
        ({"batch": [{"type": "page", "userId": "1"}], "context": {"a": 2**60}}, 400, "integer_too_large", "context.a"),
    ],
)  # fmt: skip
def test_a_batch_that_would_grow_once_accepted_is_refused(platform, batch, status, code, path):
    answered, answer = platform.post(batch)

    assert (answered, answer["error"]["code"]) == (status, code)
    assert answer["error"]["path"].startswith(path)
    assert platform.records() == []


def test_what_does_not_compress_is_kept_too(platform, track):
    chance = random.Random(20261121)
    letters = [chr(code) for code in range(32, 127) if chr(code) not in '"\\']
    calls = [track(properties={"note": "".join(chance.choices(letters, k=31_700))}) for _ in range(15)]

    status, _ = platform.post({"batch": calls})
    platform.fold()

    assert status == 200
    assert platform.timeline("a:anon-1") == platform.streamed()
    assert platform.state("a:anon-1").events == 15


def test_the_longest_ids_are_taken(platform, track):
    for person in ("x", "人"):
        assert platform.post({"batch": [track(userId=person * 256), track(userId="y" * 256)]})[0] == 200
    platform.fold()

    assert platform.state(f"u:{'人' * 256}").events == 1
    assert platform.state(f"u:{'y' * 256}").events == 2


def test_text_that_looks_like_half_an_emoji_is_left_as_it_is(platform):
    body = rb'{"batch":[{"type":"track","event":"\\ud83d \ud83d\ude00 \\\ud83d \ude00","anonymousId":"a"}]}'

    assert platform.post(body)[0] == 200
    assert [event.name for event in platform.timeline("a:a")] == ["\\ud83d 😀 \\\ufffd \ufffd"]


def test_a_site_never_reaches_another_sites_visitors(platform, track):
    platform.add_site("other", "wk_other", "sk_other")

    platform.post({"batch": [track()]})
    _, answer = platform.post({"batch": [track()]}, key="wk_other")

    assert answer["session"]["n"] == 1
    assert len(platform.timeline("a:anon-1", site="shop")) == 1
    assert len(platform.timeline("a:anon-1", site="other")) == 1


def test_the_api_describes_itself(platform):
    answer = platform.get("/v1/openapi.json")

    paths = json.loads(answer["body"])["paths"]
    assert {"/v1/batch", "/v1/track", "/v1/identify", "/v1/replay/{session}"} <= set(paths)


@pytest.mark.parametrize(("path", "method", "status"), [("/v1/nothing", "POST", 404), ("/v1/batch", "GET", 405)])
def test_other_addresses_and_methods_are_named(platform, path, method, status):
    answer = platform.send(path, method)

    assert answer["statusCode"] == status


def test_a_preflight_is_answered_for_any_origin(platform):
    answer = platform.send("/v1/batch", "OPTIONS", {"origin": "https://shop.example.com"})

    assert answer["statusCode"] == 204
    assert answer["headers"]["Access-Control-Allow-Origin"] == "https://shop.example.com"


def test_what_browsers_and_servers_really_send_is_accepted(platform, sample):
    for name, events in (("ingest/beacon", 2), ("ingest/server", 2)):
        answer = platform.ingest.handler(sample(name), platform.context)

        assert answer["statusCode"] == 200
        assert json.loads(answer["body"])["accepted"] == events
    assert platform.timeline("a:3f1c2a52-9a51-4f65-8f0e-0a3f7b1d2c11")[0].context["device"]["os"] == "iOS"
    assert platform.ingest.handler(sample("ingest/preflight"), platform.context)["statusCode"] == 204
