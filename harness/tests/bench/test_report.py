"""From results to figures: the arithmetic, and what is printed."""

import json
from io import StringIO

from rich.console import Console

from harness.bench import benchmark
from harness.bench.benchmark import Measured, Sizes
from harness.bench.finaltables import Agreement
from harness.bench.ratios import ratios
from harness.bench.report import document, print_report
from harness.bench.series import Series
from harness.bench.stopwatch import Seconds
from harness.bench.task import Result, result_from


def a_series(records: int, *processor: float) -> Series:
    parts = {"Ingest": Seconds(1.0, 0.5)}
    return Series(
        records,
        [Result(Seconds(2 * each, each), 1 << 20, parts, invocations=3) for each in processor],
    )


def something_measured(agreement: Agreement | None = None) -> Measured:
    return Measured(
        Sizes(records=1_000, moto_records=10, grows=True, rounds=2),
        {
            benchmark.MEMORY: a_series(1_000, 1.0, 1.5),
            benchmark.FLOOR: a_series(1_000, 0.5, 0.5),
            benchmark.DIRECT_FLOOR: a_series(1_000, 0.25, 0.25),
            benchmark.MOTO: a_series(10, 2.0, 2.0),
            benchmark.MEMORY_SLICE: a_series(10, 0.02, 0.03),
            benchmark.MEMORY_GROWN: a_series(10_000, 12.0, 11.0),
        },
        agreement,
    )


def printed(measured: Measured) -> str:
    file = StringIO()
    print_report(Console(width=80, file=file), measured)
    return file.getvalue()


def test_the_best_round_counts_and_the_others_are_its_noise() -> None:
    """What disturbs a run only adds to it."""
    series = a_series(1_000, 1.5, 1.0)

    assert series.per_record == 1_000
    assert series.best == Seconds(2.0, 1.0)
    assert series.noise == 1.5
    assert series.parts_per_record == {"Ingest": 500}


def test_ratios_compare_the_time_for_a_record_with_its_budget() -> None:
    """More records than the other side do not make a side slower."""
    found = {ratio.name: (ratio.value, ratio.is_within) for ratio in ratios(something_measured())}

    assert found == {
        "memory / floor": (2.0, True),
        "memory / floor without threads": (4.0, False),
        "moto at 10 / memory at 1,000": (200.0, True),
        "moto at 10 / memory at 10": (100.0, True),
        "memory at 10,000 / memory at 1,000": (1.1, True),
    }


def test_the_report_fits_a_terminal_and_names_each_budget() -> None:
    """Nothing is cut off at 80 columns."""
    text = printed(something_measured(Agreement(42, ())))

    assert "…" not in text
    assert "at most 2x" in text
    assert "at least 100x" in text
    assert "same final table: yes (42 items)" in text


def test_the_report_shows_what_differs() -> None:
    """The first differences say more than a count."""
    text = printed(something_measured(Agreement(42, ("Orders lacks {}",))))

    assert "same final table: no" in text
    assert "Orders lacks {}" in text


def test_the_document_has_every_round_and_no_path_or_host_name() -> None:
    """It is JSON, and can be kept and compared."""
    measured = something_measured(Agreement(42, ()))
    text = json.dumps(document(measured))

    told = json.loads(text)
    assert told["measurements"][benchmark.MEMORY]["processor_seconds"] == [1.0, 1.5]
    assert told["same_final_tables"]["same"] is True
    assert sorted(told["machine"]) == ["cores", "implementation", "processor", "python", "system"]


def test_a_result_survives_its_way_between_processes() -> None:
    """JSON and back."""
    result = a_series(10, 1.0).results[0]

    assert result_from(result.as_json()) == result
