"""What several lists share, found without reading any to its end."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kizuki.replay.find import Listed, Union, together

PAGE = 3


class Index:
    """A list that counts the pages read of it."""

    def __init__(self, keys):
        self.keys = sorted(keys, reverse=True)
        self.reads = 0

    def stream(self):
        def read(below):
            self.reads += 1
            return [key for key in self.keys if key < below][:PAGE]

        return Listed(read)


keys = st.sets(st.integers(0, 40).map("{:02d}".format), max_size=20)


@settings(max_examples=200)
@given(st.lists(keys, min_size=1, max_size=4), st.integers(0, 40), st.integers(0, 40))
def test_it_finds_what_is_in_every_list_newest_first(lists, below, least):
    below, least = f"{below:02d}", f"{least:02d}"

    found = list(together([Index(each).stream() for each in lists], below=below, least=least))

    assert found == sorted((key for key in set.intersection(*lists) if least <= key < below), reverse=True)


@given(keys, keys, keys)
def test_one_of_several_lists_may_have_it(one, other, third):
    found = list(together([Union([Index(one).stream(), Index(other).stream()]), Index(third).stream()]))

    assert found == sorted((one | other) & third, reverse=True)


def test_the_shortest_list_decides_how_much_is_read():
    everything, rare = Index(f"{n:07d}" for n in range(20_000)), Index(f"{n:07d}" for n in (7, 9_000, 19_999))

    assert len(list(together([everything.stream(), rare.stream()]))) == 3
    assert (everything.reads, rare.reads) == (3, 2)
