"""Many calls at once."""

import threading

import pytest

from workers.clients.concurrently import concurrently


@pytest.mark.parametrize("tasks", [0, 1, 2, 3, 4, 5, 17])
@pytest.mark.parametrize("concurrency", [1, 3, 4])
def test_results_come_in_the_order_of_the_tasks(tasks: int, concurrency: int) -> None:
    """However the tasks are shared out."""
    results = concurrently(lambda task: task * 10, list(range(tasks)), concurrency=concurrency)

    assert results == [task * 10 for task in range(tasks)]


def test_no_thread_outlives_the_call() -> None:
    """Lambda would freeze it in the middle of a request."""
    before = threading.active_count()

    concurrently(lambda task: task, list(range(50)), concurrency=8)

    assert threading.active_count() == before


def test_an_error_of_the_work_is_not_swallowed() -> None:
    """Only the work knows which errors are failures."""

    def work(task: int) -> int:
        raise KeyError(task)

    with pytest.raises(KeyError):
        concurrently(work, [1, 2, 3], concurrency=2)
