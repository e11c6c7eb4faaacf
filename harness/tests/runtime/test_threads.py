"""`threading.Thread` under the baton behaves as a thread does."""

import threading
from typing import Any

import pytest

from harness.tests.runtime.running import ran, ran_often


def answered(source: str) -> Any:
    """Return what the handler answers, and how many seconds it took."""
    outcome, seconds = ran(source)
    assert outcome.kind == "returned", outcome.payload
    return outcome.payload, round(seconds, 1)


def test_threads_work_at_the_same_time_and_hand_over_through_a_queue() -> None:
    """Whoever is ready first comes first, in virtual time."""
    assert answered("""\
        import queue, threading, time

        done = queue.Queue()

        def work(number):
            time.sleep(number)
            done.put((number, threading.current_thread().name))

        def handler(event, context):
            threads = [threading.Thread(target=work, args=(n,)) for n in (3, 1)]
            for thread in threads:
                thread.start()
            came = [done.get(timeout=5) for _ in threads]
            for thread in threads:
                thread.join()
            return came
    """) == ([[1, "Thread-2 (work)"], [3, "Thread-1 (work)"]], 3.0)


def test_a_thread_can_be_waited_for_and_asked_whether_it_lives() -> None:
    """With a time-out, too; and the others of its environment are known."""
    assert answered("""\
        import threading, time

        class Napping(threading.Thread):
            def run(self):
                self.seen = [each.name for each in threading.enumerate()]
                self.is_itself = threading.current_thread() is self
                self.knows_its_number = threading.get_ident() == self.ident
                time.sleep(3)

        def handler(event, context):
            thread = Napping(name="napping", daemon=True)
            before = thread.is_alive()
            thread.start()
            thread.join(timeout=1)
            meanwhile = thread.is_alive(), threading.active_count()
            thread.join()
            return [before, *meanwhile, thread.is_alive(), threading.active_count(),
                    thread.seen, thread.is_itself, thread.knows_its_number]
    """) == ([False, True, 2, False, 1, ["MainThread", "napping"], True, True], 3.0)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ("thread.join()", "cannot join thread before it is started"),
        ("thread.start(); thread.start()", "threads can only be started once"),
        ("threading.Thread.__new__(threading.Thread).start()", "thread.__init__() not called"),
        (
            "found = []; held(found).start(); time.sleep(1); raise found[0]",
            "cannot join current thread",
        ),
    ],
)
def test_a_thread_is_misused_in_the_words_of_the_real_one(wrong: str, error: str) -> None:
    """So that whoever reads them finds them in Python's own documents."""
    outcome, _ = ran(f"""\
        import threading, time

        def held(found):
            def join_itself():
                try:
                    threading.current_thread().join()
                except RuntimeError as error:
                    found.append(error)
            return threading.Thread(target=join_itself)

        def handler(event, context):
            thread = threading.Thread(target=print)
            {wrong}
    """)

    assert outcome.payload["errorMessage"] == error


def test_a_timer_strikes_in_virtual_time_unless_it_is_cancelled() -> None:
    """It is a thread that waits."""
    assert answered("""\
        import threading, time

        def handler(event, context):
            struck = []
            threading.Timer(60 / 10, struck.append, ["kept"]).start()
            other = threading.Timer(5, struck.append, ["cancelled"])
            other.start()
            other.cancel()
            time.sleep(7)
            return struck
    """) == (["kept"], 7.0)


def test_what_a_thread_raises_is_written_down_and_harms_nobody_else() -> None:
    """As the interpreter's own hook writes it; another hook may take its place."""
    log: list[str] = []
    source = """\
        import sys, threading

        def fail():
            raise ValueError("no")

        def handler(event, context):
            thread = threading.Thread(target=fail)
            thread.start()
            thread.join()
            leaving = threading.Thread(target=sys.exit)
            leaving.start()
            leaving.join()
            told = []
            threading.excepthook = lambda args: told.append(str(args.exc_value))
            again = threading.Thread(target=fail)
            again.start()
            again.join()
            return told
    """
    outcomes, _ = ran_often(source, [None], log=log)

    assert outcomes[0].payload == ["no"]
    assert log[0] == "Exception in thread Thread-1 (fail):"
    assert log[-1] == "ValueError: no"


def test_a_thread_is_frozen_between_invocations_and_goes_on_in_the_next() -> None:
    """A handler may leave one behind: Lambda stops the process when it has the answer."""
    outcomes, _ = ran_often(
        """\
        import threading, time

        beats = []

        def beat():
            while True:
                time.sleep(1)
                beats.append(1)

        threading.Thread(target=beat, daemon=True).start()

        def handler(event, context):
            time.sleep(event)
            return len(beats)
        """,
        [3.5, 0, 2.5],
    )

    counts = [outcome.payload for outcome in outcomes]
    assert counts[0] == 3
    assert counts[1] in (3, 4)
    assert counts[2] >= 5


def test_a_worker_of_an_executor_is_a_thread_with_a_name() -> None:
    """The one that it was given, or the executor's number."""
    assert answered("""\
        import threading
        from concurrent.futures import ThreadPoolExecutor

        def name():
            return threading.current_thread().name

        def handler(event, context):
            with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(1) as second:
                with ThreadPoolExecutor(1, thread_name_prefix="bill") as third:
                    return [each.submit(name).result() for each in (first, second, third)]
    """) == (["ThreadPoolExecutor-0_0", "ThreadPoolExecutor-1_0", "bill_0"], 0.0)


def test_locks_between_processes_are_missing_as_on_lambda() -> None:
    """Libraries that try one while they are imported can do without; a pool of threads cannot."""
    assert answered("""\
        import multiprocessing
        from multiprocessing.pool import ThreadPool

        def handler(event, context):
            errors = []
            for make in (multiprocessing.get_context().Lock, multiprocessing.get_context().Queue, ThreadPool):
                try:
                    make()
                except OSError as error:
                    errors.append(str(error))
            return errors
    """) == (["[Errno 38] Function not implemented"] * 3, 0.0)


def test_a_thread_says_whether_it_runs() -> None:
    """In its text, too."""
    assert answered("""\
        import threading, time

        def handler(event, context):
            thread = threading.Thread(target=time.sleep, args=(1,), name="napping")
            texts = [repr(thread)]
            thread.start()
            texts.append(repr(thread))
            thread.join()
            texts.append(repr(thread))
            return [text.split()[1].rstrip(")>") for text in texts]
    """) == (["initial", "started", "stopped"], 1.0)


def test_a_thread_of_an_environment_that_is_gone_can_be_waited_for_outside() -> None:
    """A coroutine that is never finished does so whenever the collector throws it away."""
    left: list[threading.Thread] = []
    source = """\
        import _thread, threading, time

        def handler(event, context):
            for _ in ("begun", "never begun"):
                event.append(threading.Thread(target=time.sleep, args=(100,)))
                event[-1].start()
                if len(event) == 1:
                    time.sleep(1)
            _thread.start_new_thread(print, ())
    """
    ran_often(source, [left], troubles=[])

    assert len(left) == 2
    for thread in left:
        thread.join()
    assert [thread.is_alive() for thread in left] == [False, False]


def test_a_thread_of_the_harness_itself_is_a_real_one_while_code_under_test_runs() -> None:
    """A driver of a database has one that watches over its connection."""
    seen: list[tuple[str, bool]] = []
    ends = threading.Event()

    def watch() -> None:
        while not ends.wait(0.001):
            me = threading.current_thread()
            seen.append((me.name, me.ident == threading.get_ident()))
            threading.Thread(target=int).start()

    watcher = threading.Thread(target=watch, name="watcher")
    watcher.start()
    ran("""\
        import threading

        def handler(event, context):
            for _ in range(20_000):
                threading.current_thread()
    """)
    ends.set()
    watcher.join()

    assert set(seen) == {("watcher", True)}
