"""Who somebody is: proved members, aliases, groups, ids that are none."""

import jwt
import pytest

from kizuki.aws.config import Site
from tests.functions.conftest import SECRET_KEY

IDENTITY_SECRET = "a-site-secret-of-at-least-32-characters"


@pytest.fixture
def verifying(platform):
    site = platform.config.site("shop")
    platform.config.put_site(
        Site(site.id, site.name, site.timezone, site.origins, verify_identity=True, identity_secret=IDENTITY_SECRET)
    )
    return platform


def token(user="42", secret=IDENTITY_SECRET, **claims):
    return jwt.encode({"sub": user} | claims, secret, algorithm="HS256")


def claimed(track, proof=None, **fields):
    context = {"session": {"id": "visit-1"}} | ({} if proof is None else {"userToken": proof})
    return track("page", userId="42", context=context) | fields


def test_a_signed_token_proves_a_member(verifying, track):
    verifying.post({"batch": [track()]})
    status, _ = verifying.post({"batch": [claimed(track, token())]})
    verifying.fold()

    assert status == 200
    assert (verifying.state("u:42").events, verifying.state("u:42").verified) == (2, True)
    assert all("userToken" not in event.context for event in verifying.streamed())


@pytest.mark.parametrize(
    ("proof", "reason"),
    [
        (None, "no_token"),
        (5, "no_token"),
        ("nonsense", "invalid_token"),
        (token(secret="another-secret-of-at-least-32-characters"), "invalid_token"),
        (token("43"), "token_of_another_user"),
        (token(exp=1), "expired_token"),
        (jwt.encode({"sub": "42"}, None, algorithm="none"), "invalid_token"),
        (jwt.encode({}, IDENTITY_SECRET, algorithm="HS256"), "invalid_token"),
    ],
)
def test_an_unproved_claim_stays_with_the_visitor_and_says_why(verifying, track, proof, reason):
    verifying.post({"batch": [claimed(track, token(), anonymousId="anna")]})

    status, answer = verifying.post({"batch": [claimed(track, proof)]})
    verifying.fold()

    assert (status, answer["accepted"], answer["refused"]) == (200, 1, [])
    assert verifying.state("u:42").events == 1
    assert verifying.state("a:anon-1").events == 1
    assert verifying.timeline("a:anon-1")[0].context["identity"] == {"claimed": "42", "reason": reason}


def test_an_unproved_claim_without_a_visitor_is_refused(verifying, track):
    status, answer = verifying.post({"batch": [claimed(track, anonymousId=None)]})

    assert status == 400
    assert (answer["error"]["code"], answer["error"]["path"]) == ("unverified_identity", "batch[0].userId")


def test_the_sites_own_server_needs_no_token(verifying, track):
    verifying.post({"batch": [track(anonymousId=None, userId="42")]}, key=SECRET_KEY)
    verifying.fold()

    assert verifying.state("u:42").verified


def test_every_event_of_a_batch_is_judged_by_the_token_they_share(verifying, track):
    calls = [track("page", userId="42", context={}) for _ in range(3)]

    verifying.post({"batch": calls, "context": {"userToken": token()}})

    assert {event.person for event in verifying.streamed()} == {"u:42"}
    assert all("userToken" not in event.context for event in verifying.streamed())


def test_only_kizuki_says_what_was_claimed(platform, track):
    forged = {"claimed": "42", "reason": "expired_token"}

    platform.post({"batch": [track(context={"locale": "ja", "identity": forged, "userToken": None})]})

    assert platform.timeline("a:anon-1")[0].context == {"locale": "ja"}


def test_a_refused_event_is_kept_without_keys_and_tokens(verifying, track):
    proof = token()
    verifying.post({"batch": [track(), claimed(track, proof) | {"timestamp": "yesterday"}]})
    verifying.post(track(timestamp="yesterday") | {"writeKey": SECRET_KEY}, "/v1/track", key=None)

    kept, _ = verifying.metrics.refused("shop", before=None, limit=10)

    assert [item["code"] for item in kept] == ["invalid_time", "invalid_time"]
    assert all("yesterday" in item["event"] for item in kept)
    assert not any(secret in item["event"] for item in kept for secret in (proof, SECRET_KEY))


def test_the_secret_key_proves_a_member_where_no_token_is_asked_for(platform, track):
    alias = track(anonymousId=None) | {"type": "alias", "userId": "new", "previousId": "old"}
    platform.post({"batch": [track(anonymousId=None, userId="old")]}, key=SECRET_KEY)
    platform.post({"batch": [alias]})
    platform.fold()
    assert platform.state("u:old").merged_into is None

    platform.post({"batch": [alias | {"messageId": "by-the-server"}]}, key=SECRET_KEY)
    platform.fold()
    assert platform.state("u:old").merged_into == "u:new"


def test_an_alias_brings_what_an_earlier_id_did(platform, track):
    platform.post({"batch": [track(anonymousId="old-phone")]})
    platform.post({"batch": [track(userId="42"), track("alias", type="alias", userId="42", previousId="old-phone")]})
    platform.fold()

    member = platform.state("u:42")
    assert (member.events, set(member.devices)) == (3, {"anon-1", "old-phone"})
    assert platform.state("a:old-phone").merged_into == "u:42"


def test_only_who_is_proved_takes_over_another_member(platform, verifying, track):
    alias = {"type": "alias", "userId": "42", "previousId": "victim"}
    verifying.post({"batch": [track(anonymousId=None, userId="victim")]}, key=SECRET_KEY)
    verifying.post({"batch": [track() | alias]})
    verifying.post({"batch": [claimed(track, token()) | alias]})
    verifying.fold()
    assert verifying.state("u:victim").merged_into is None

    verifying.post({"batch": [track(anonymousId=None) | alias]}, key=SECRET_KEY)
    verifying.post({"batch": [track(anonymousId=None, userId="victim")]}, key=SECRET_KEY)
    verifying.fold()
    assert verifying.state("u:victim").merged_into == "u:42"
    assert (verifying.state("u:42").counts["Product Viewed"], verifying.state("u:42").aliases) == (2, ["victim"])


def test_two_members_who_name_each_other_become_one(verifying, track):
    for user, previous in (("a", "b"), ("b", "a"), ("a", "b")):
        call = track(anonymousId=None) | {"type": "alias", "userId": user, "previousId": previous}
        verifying.post({"batch": [call]}, key=SECRET_KEY)
        verifying.fold()

    assert verifying.state("u:a").events == 3
    assert verifying.state("u:b").merged_into == "u:a"


def test_a_member_who_is_another_takes_over_as_many_as_one_request_names(platform, track):
    def alias(user, previous):
        return track("alias") | {"type": "alias", "userId": user, "previousId": previous}

    platform.post({"batch": [alias("b", "a")]}, key=SECRET_KEY)
    platform.fold()

    platform.post({"batch": [alias("a", f"old-{n}") for n in range(60)]}, key=SECRET_KEY)

    assert platform.fold() == {"batchItemFailures": []}
    assert platform.state("u:b").counts == {"alias": 61}


def test_what_the_company_is_opens_a_campaign(platform, track):
    condition = {"type": "group_trait", "path": "seats", "op": "gte", "value": 50}
    platform.publish("segment", {"id": "large", "name": "Large", "condition": condition})
    group = track() | {"type": "group", "userId": "42", "groupId": "acme", "traits": {"seats": 80, "plan": "team"}}

    platform.post({"batch": [group]})
    platform.fold()

    state = platform.state("u:42")
    assert (state.group_id, state.group_traits) == ("acme", {"seats": 80, "plan": "team"})
    assert set(state.segments) == {"large"}


@pytest.mark.parametrize("id_", ["", "null", "undefined", "Anonymous", " NaN ", "x" * 10_000])
def test_an_id_that_is_none_is_refused_with_its_reason(platform, track, id_):
    for field in ("anonymousId", "userId"):
        status, answer = platform.post({"batch": [track() | {field: id_}]})

        assert status == 400
        assert answer["error"]["path"] == f"batch[0].{field}"
        assert answer["error"]["code"] in {"placeholder_id", "id_too_long", "too_long"}
