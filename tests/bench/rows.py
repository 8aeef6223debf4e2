"""The rows of the performance table, by the names of the budgets."""

from collections.abc import Iterator

from tests.bench.bill import bill, recording_bill
from tests.bench.browser import eval_row
from tests.bench.cold_start import cold_start_row
from tests.bench.compute import compute_row
from tests.bench.measure import Row
from tests.bench.parsing import parse_row
from tests.bench.recorder import recorder_rows
from tests.bench.rules import rule_rows
from tests.bench.sizes import script_rows, state_row
from tests.bench.sustained import sustained_row


def rows() -> Iterator[Row]:
    yield from script_rows()
    yield eval_row()
    yield from recorder_rows()
    yield from rule_rows()
    yield parse_row()
    yield compute_row()
    yield cold_start_row()
    yield state_row()
    yield bill()
    yield recording_bill()
    yield sustained_row()
