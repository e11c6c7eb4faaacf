"""Locks of the code under test wait in virtual time."""

import threading

import pytest

from harness.errors import SimulationError
from harness.runtime.locks import SimulatedLock, SimulatedReentrantLock
from harness.tests.runtime.running import ran


def test_tasks_take_turns_at_a_lock_that_is_held_over_a_sleep() -> None:
    """A real lock would stop the process: its owner could never go on."""
    outcome, seconds = ran("""\
        import threading, time
        from concurrent.futures import ThreadPoolExecutor

        lock = threading.Lock()

        def work(number):
            with lock:
                time.sleep(1)
            return number

        def handler(event, context):
            with ThreadPoolExecutor(3) as executor:
                return list(executor.map(work, range(3)))
    """)

    assert outcome.payload == [0, 1, 2]
    assert seconds == 3


def test_queues_conditions_and_events_wait_in_virtual_time() -> None:
    """They are built on locks."""
    outcome, seconds = ran("""\
        import queue, threading
        from concurrent.futures import ThreadPoolExecutor

        def handler(event, context):
            narrow = queue.Queue(maxsize=1)
            ended = threading.Event()

            def produce():
                for number in range(3):
                    narrow.put(number)
                ended.set()

            with ThreadPoolExecutor(2) as executor:
                consumed = executor.submit(lambda: [narrow.get() for _ in range(3)])
                executor.submit(produce)
                return [consumed.result(), ended.wait(5), threading.Event().wait(2)]
    """)

    assert outcome.payload == [[0, 1, 2], True, False]
    assert seconds == 2


def test_a_deadlock_lasts_until_the_functions_timeout() -> None:
    """As on Lambda, and no longer than that."""
    outcome, seconds = ran("""\
        import threading

        def handler(event, context):
            lock = threading.Lock()
            lock.acquire()
            lock.acquire()
    """)

    assert outcome.payload["errorType"] == "Sandbox.Timedout"
    assert seconds == 20


def test_a_lock_behaves_as_a_real_one() -> None:
    """In everything that can be seen without waiting."""
    for lock in (threading.Lock(), SimulatedLock()):
        assert lock.acquire()
        assert lock.locked()
        assert not lock.acquire(blocking=False)
        with pytest.raises(ValueError, match=r"^can't specify a timeout for a non-blocking call$"):
            lock.acquire(blocking=False, timeout=1)
        lock.release()
        with pytest.raises(RuntimeError, match=r"^release unlocked lock$"):
            lock.release()


def test_a_reentrant_lock_is_free_when_its_owner_has_released_it_as_often() -> None:
    """And can be the lock of a condition."""
    for lock in (threading.RLock(), SimulatedReentrantLock()):
        with lock, lock:
            pass
        with pytest.raises(RuntimeError, match=r"^cannot release un-acquired lock$"):
            lock.release()


def test_waiting_for_a_lock_outside_of_every_task_is_an_error() -> None:
    """Nobody else runs who could release it."""
    lock = SimulatedLock()
    lock.acquire()

    with pytest.raises(SimulationError, match=r"^a lock is held by code that waits"):
        lock.acquire()
