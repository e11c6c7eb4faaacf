"""asyncio with threads: a loop waits in virtual time for its timers and for those who call it."""

from pathlib import Path
from typing import Any

from harness.tests.runtime.running import ran
from harness.tests.world.opening import a_world

BEGINNING = """\
import asyncio, threading, time

def work(number):
    time.sleep(number)
    return number

"""


def answered(source: str) -> Any:
    """Return what ``main`` answers, and how many seconds it took."""
    ending = "\ndef handler(event, context):\n    return asyncio.run(main())\n"
    outcome, seconds = ran(BEGINNING + source + ending)
    return outcome.payload, round(seconds, 1)


def test_blocking_calls_in_threads_run_at_the_same_time() -> None:
    """The loop goes on as soon as the first of them has ended."""
    assert answered("""\
async def main():
    begun = time.time()
    one = asyncio.create_task(asyncio.to_thread(work, 1))
    both = asyncio.gather(one, asyncio.get_running_loop().run_in_executor(None, work, 3))
    await one
    first = time.time() - begun
    return [await both, first]
""") == ([[1, 3], 1.0], 3.0)


def test_a_loop_hears_of_a_result_before_its_own_next_timer() -> None:
    """A loop with a late timer does not sleep through what comes meanwhile."""
    assert answered("""\
async def main():
    late = asyncio.create_task(asyncio.sleep(15))
    found = await asyncio.wait_for(asyncio.to_thread(work, 2), timeout=10)
    late.cancel()
    return found
""") == (2, 2.0)


def test_a_time_out_does_not_wait_for_the_thread() -> None:
    """It goes on by itself, and the loop waits for it only when it is closed."""
    assert answered("""\
async def main():
    begun = time.time()
    try:
        await asyncio.wait_for(asyncio.to_thread(work, 5), timeout=1)
    except TimeoutError:
        return time.time() - begun
""") == (1.0, 5.0)


def test_a_thread_calls_into_a_loop_and_runs_one_of_its_own() -> None:
    """Each thread has its own running loop."""
    assert answered("""\
async def number():
    await asyncio.sleep(1)
    return 7

async def main():
    loop = asyncio.get_running_loop()
    called = asyncio.Queue()

    def beside():
        loop.call_soon_threadsafe(called.put_nowait, asyncio.run(number()))
        asyncio.run_coroutine_threadsafe(called.put(8), loop).result()

    threading.Thread(target=beside).start()
    return [await called.get(), await called.get()]
""") == ([7, 8], 1.0)


def test_a_loop_that_waits_for_nobody_waits_until_the_functions_timeout() -> None:
    """As on Lambda."""
    outcome, seconds = ran(
        "import asyncio\ndef handler(event, context):\n    asyncio.run(asyncio.Event().wait())\n"
    )

    assert outcome.payload["errorType"] == "Sandbox.Timedout"
    assert seconds == 20


def test_environments_whose_loops_run_at_the_same_time_know_nothing_of_each_other(
    tmp_path: Path,
) -> None:
    """They share one thread of ours, in which only one loop can be the running one."""
    source = """\
import asyncio

async def main(number):
    loop = asyncio.get_running_loop()
    await asyncio.sleep(1)
    return [number, loop is asyncio.get_running_loop()]

def handler(event, context):
    return asyncio.run(main(event))
"""
    outcomes: list[Any] = []
    with a_world(tmp_path, source) as world:
        function = world.topology.functions[0].name
        for number in (1, 2):
            world.invoker.invoke(function, number, source="test", cause=None, done=outcomes.append)
        world.settle()

    assert [outcome.payload for outcome in outcomes] == [[1, True], [2, True]]
