"""`concurrent.futures` under the baton behaves as threads do."""

import json
import textwrap
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.tests.runtime.running import ran, ran_often

TASKS = st.sampled_from(["value", "error", "nested", "callback"])
WAYS = st.sampled_from(["results", "map", "as_completed", "wait", "exceptions"])
PROGRAMS = st.lists(
    st.fixed_dictionaries(
        {
            "workers": st.integers(1, 4),
            "way": WAYS,
            "tasks": st.lists(st.tuples(TASKS, st.integers(0, 9)), max_size=6),
            "with": st.booleans(),
        }
    ),
    min_size=1,
    max_size=3,
)

SOURCE = textwrap.dedent("""\
    from concurrent.futures import ThreadPoolExecutor, as_completed, wait

    def work(kind, number):
        if kind == "error":
            raise ValueError(str(number))
        if kind == "nested":
            with ThreadPoolExecutor(2) as inner:
                return sum(inner.map(lambda each: each * each, range(number)))
        return number

    def ending(future):
        error = future.exception()
        return repr(error) if error else future.result()

    def mapped(executor, tasks):
        found = []
        try:
            for result in executor.map(work, [k for k, _ in tasks], [n for _, n in tasks]):
                found.append(result)
        except ValueError as error:
            found.append(repr(error))
        return found

    def run_one(program):
        executor = ThreadPoolExecutor(max_workers=program["workers"])
        tasks = program["tasks"]
        if program["way"] == "map":
            found = mapped(executor, tasks)
            executor.shutdown()
            return found
        called = []
        futures = {}
        for position, (kind, number) in enumerate(tasks):
            future = executor.submit(work, kind, number)
            futures[future] = position
            if kind == "callback":
                future.add_done_callback(lambda done: called.append(done.result()))
        if program["with"]:
            with executor:
                pass
        if program["way"] == "as_completed":
            found = sorted((futures[future], str(ending(future))) for future in as_completed(futures))
        elif program["way"] == "wait":
            done, left = wait(futures, timeout=60)
            found = sorted((futures[future], str(ending(future))) for future in done) + [len(left)]
        elif program["way"] == "exceptions":
            found = [repr(future.exception(timeout=60)) for future in futures]
        else:
            found = [str(ending(future)) for future in futures]
        executor.shutdown()
        try:
            executor.submit(work, "value", 1)
        except RuntimeError as error:
            found.append(str(error))
        states = [(future.done(), future.running(), future.cancelled(), future.cancel()) for future in futures]
        return [found, sorted(called), states]

    def handler(event, context):
        return [run_one(program) for program in event]
""")


@settings(max_examples=15, deadline=None)
@given(PROGRAMS)
def test_programs_without_shared_state_end_as_with_real_threads(
    programs: list[dict[str, Any]],
) -> None:
    """Results, errors, order, states and callbacks, nested executors among them."""
    namespace: dict[str, Any] = {}
    exec(SOURCE, namespace)  # noqa: S102 - the same source in both worlds
    real = json.loads(json.dumps(namespace["handler"](programs, None)))

    outcome, _ = ran(SOURCE, json.loads(json.dumps(programs)))

    assert outcome.payload == real


def test_a_deadline_is_of_the_whole_iteration_and_not_of_each_result() -> None:
    """For `map` and for `as_completed`."""
    outcome, seconds = ran("""\
        import time
        from concurrent.futures import ThreadPoolExecutor, as_completed

        def handler(event, context):
            found = []
            executor = ThreadPoolExecutor(1)
            try:
                for _ in executor.map(time.sleep, [1, 1, 1, 1], timeout=2.5):
                    found.append("mapped")
            except TimeoutError:
                found.append("too late")
            futures = [executor.submit(time.sleep, 1) for _ in range(4)]
            try:
                for _ in as_completed(futures, timeout=2.6):
                    found.append("completed")
            except TimeoutError as error:
                found.append(str(error))
            return found
    """)

    assert outcome.payload == [
        "mapped", "mapped", "too late", "completed", "completed", "2 (of 4) futures unfinished",
    ]  # fmt: skip
    assert seconds == pytest.approx(5.1)


def test_work_that_has_not_begun_is_cancelled() -> None:
    """One by one, by a shutdown, and by a `map` that nobody reads on; callbacks hear of it."""
    outcome, seconds = ran("""\
        import time
        from concurrent.futures import CancelledError, ThreadPoolExecutor

        def handler(event, context):
            executor = ThreadPoolExecutor(1)
            first, second, third = (executor.submit(time.sleep, 1) for _ in range(3))
            time.sleep(0.1)
            heard = []
            second.add_done_callback(lambda future: heard.append(future.cancelled()))
            states = [first.cancel(), second.cancel(), second.cancel(), third.cancelled()]
            executor.shutdown(cancel_futures=True)
            try:
                third.result()
            except CancelledError:
                heard.append("cancelled")
            return [states, heard, first.done(), third.cancelled()]
    """)

    assert outcome.payload == [[False, True, True, False], [True, "cancelled"], True, True]
    assert seconds == pytest.approx(1)
    assert issubclass(CancelledError, Exception)


@pytest.mark.aws(
    "Background work that has not completed when the function ends resumes if Lambda reuses the environment.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html",
    service="lambda",
)
def test_an_executor_is_frozen_between_invocations_and_goes_on_in_the_next() -> None:
    """Work that outlives the handler's answer stands still, as on Lambda."""
    outcomes, seconds = ran_often(
        """\
        import time
        from concurrent.futures import ThreadPoolExecutor

        executor = ThreadPoolExecutor(2)
        pending = []

        def work():
            time.sleep(1)
            return "worked"

        def handler(event, context):
            if event == "begin":
                pending.append(executor.submit(work))
                return pending[0].done()
            return [pending[0].result(), executor.submit(work).result()]
        """,
        ["begin", "end"],
    )

    assert [outcome.payload for outcome in outcomes] == [False, ["worked", "worked"]]
    assert seconds == pytest.approx(2, abs=0.1)


def test_an_initializer_runs_once_for_each_worker_and_its_failure_breaks_the_executor() -> None:
    """With the errors of `concurrent.futures`."""
    outcome, _ = ran("""\
        from concurrent.futures import BrokenExecutor, ThreadPoolExecutor

        begun = []

        def fail():
            raise ValueError("no")

        def handler(event, context):
            with ThreadPoolExecutor(2, initializer=begun.append, initargs=(1,)) as executor:
                list(executor.map(str, range(5)))
            broken = ThreadPoolExecutor(1, initializer=fail)
            future = broken.submit(str, 1)
            said = [isinstance(future.exception(), BrokenExecutor)]
            try:
                broken.submit(str, 1)
            except BrokenExecutor as error:
                said.append(str(error))
            return [len(begun), *said]
    """)

    count, is_broken, text = outcome.payload
    assert 1 <= count <= 2
    assert is_broken
    assert text == "A thread initializer failed, the thread pool is not usable anymore"


def test_a_callback_that_raises_harms_nobody() -> None:
    """It is logged, as threads do."""
    outcome, _ = ran("""\
        from concurrent.futures import ThreadPoolExecutor

        def fail(future):
            raise ValueError("no")

        def handler(event, context):
            with ThreadPoolExecutor(1) as executor:
                future = executor.submit(str, 1)
                future.add_done_callback(fail)
            future.add_done_callback(fail)
            return [future.result(), repr(future)]
    """)

    assert outcome.payload == ["1", "<Future at 0x1 state=finished returned str>"]


def test_a_set_of_futures_has_the_same_order_each_time() -> None:
    """`wait` returns sets, and a handler may well go through them."""
    source = """\
        from concurrent.futures import ThreadPoolExecutor, wait

        def handler(event, context):
            ballast = [object() for _ in range(event)]
            with ThreadPoolExecutor(3) as executor:
                done, _ = wait([executor.submit(int, number) for number in range(20)])
            return [future.result() for future in done]
    """
    assert ran(source, 0)[0].payload == ran(source, 997)[0].payload


def test_wrong_settings_are_refused_as_by_the_real_one() -> None:
    """With the same words."""
    with pytest.raises(ValueError, match=r"^max_workers must be greater than 0$"):
        ThreadPoolExecutor(0)
    outcome, _ = ran("""\
        from concurrent.futures import ThreadPoolExecutor

        def handler(event, context):
            ThreadPoolExecutor(0)
    """)
    assert outcome.payload["errorMessage"] == "max_workers must be greater than 0"
