"""What several lists share, found without reading any to its end."""

from itertools import islice

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


class Numbers:
    """A list of every number below a million that a step divides, without holding it; it counts the pages read."""

    def __init__(self, step):
        self.step = step
        self.reads = 0

    def stream(self):
        def read(below):
            self.reads += 1
            # Just above a number is not below it.
            first = (int(below[:7]) - (len(below) == len("1000000"))) // self.step * self.step
            return [f"{number:07d}" for number in range(first, max(first - 100 * self.step, -1), -self.step)]

        return Listed(read)


def test_of_a_million_sessions_no_more_is_read_than_the_rarest_thing_asked_for():
    everything, every_second, rare = Numbers(1), Numbers(2), Numbers(25_000)
    lists = (everything, every_second, rare)

    found = list(together([each.stream() for each in lists], below="1000000"))

    assert found == [f"{number:07d}" for number in range(975_000, -1, -25_000)]
    # Each of the forty is looked for once, and the end; the forty themselves are one page.
    assert [each.reads for each in lists] == [42, 41, 1]


def test_a_page_of_what_everybody_did_is_a_page_of_each_list():
    lists = (Numbers(1), Numbers(2))

    first = list(islice(together([each.stream() for each in lists], below="1000000"), 25))

    assert len(first) == 25
    assert [each.reads for each in lists] == [1, 1]
