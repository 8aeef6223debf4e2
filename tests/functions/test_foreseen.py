"""What the answer to a page was decided on is what the stream makes of it: both ways fold to the same."""

import json
from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kizuki.aws.documents import StoredDocument
from kizuki.aws.publishing import publish
from kizuki.gateway import Request
from kizuki.rules import Facts
from kizuki.rules.reading import reader, sequence_times
from tests.functions.test_state_machine import SEGMENTS, STATISTICS, Call, Stream

DEVICES = ["d1", "d2", "d3"]
ALIKE = ("person", "visits", "first_seen", "last_seen", "profile", "groups", "verified", "exposures", "complete")

calls = st.builds(
    Call,
    st.just(""),
    st.integers(1, 70),
    st.sampled_from(["Viewed", "Added", "Bought"]),
    st.just(0),
    st.booleans(),
    st.sampled_from([None, -1, 0, 0.1, 0.2, 2, 3, 2.5]),
)


class Shop:
    """Devices that stay signed in once they are, and a stream that lags behind or does not."""

    def __init__(self) -> None:
        self.stream = Stream()
        self.stream.start()
        for id_, condition in SEGMENTS.items():
            document = {"id": id_, "name": id_, "condition": condition}
            self.stream.config.put_document("shop", "segment", StoredDocument(id_, "live", "", document))
        publish(self.stream.config, "shop")
        self.signed_in: set[str] = set()
        self.sent: set[str] = set()

    def post(self, device: str, batch: list[Call]) -> None:
        if any(call.signed_in for call in batch):
            self.signed_in.add(device)
        batch = [replace(call, device=device, signed_in=device in self.signed_in) for call in batch]
        batch = list({call.id: call for call in batch if call.id not in self.sent}.values())
        if batch:
            self.sent.update(call.id for call in batch)
            body = json.dumps({"writeKey": "write", "batch": [call.document() for call in batch]}).encode()
            self.stream.ingest.accept(Request("POST", "/v1/batch", {}, {}, {}, body, None, binary=True), None)


@settings(max_examples=100, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_an_answer_is_decided_on_what_the_stream_makes_of_it(data):
    shop = Shop()
    for _ in range(data.draw(st.integers(0, 5))):
        shop.post(data.draw(st.sampled_from(DEVICES)), data.draw(st.lists(calls, min_size=1, max_size=4)))
        if data.draw(st.booleans()):
            shop.stream.drain()
    newest = Call(data.draw(st.sampled_from(DEVICES)), 0, "Viewed", 5, signed_in=data.draw(st.booleans()), price=1)
    found, foresee = [], shop.stream.ingest._foreseen
    shop.stream.ingest._foreseen = lambda *asked, **at: found.append(foresee(*asked, **at)) or found[-1]

    shop.post(newest.device, [newest])
    shop.stream.drain()

    [(engine, foreseen, _, _)] = found
    real, _ = shop.stream.visitors.state("shop", foreseen.person)
    assert {name: getattr(foreseen, name) for name in ALIKE} == {name: getattr(real, name) for name in ALIKE}
    assert set(foreseen.devices) == set(real.devices)
    # Visits of two devices are numbered as the stream's shards come.
    visits = [
        [(visit.id, visit.started, visit.last, visit.cells) for visit in state.sessions] for state in (foreseen, real)
    ]
    assert visits[0] == visits[1]
    for id_, document in STATISTICS.items():
        ask = sequence_times if document["type"] == "sequence" else None
        seen = [
            ask(document, facts) if ask else reader(document)(facts)
            for facts in (Facts(newest.event(), state, engine.calendar) for state in (foreseen, real))
        ]
        assert seen[0] == seen[1], id_
    # Who entered is counted when the stream has said so.
    assert foreseen.segments.keys() - {"entered"} == real.segments.keys() - {"entered"}
