"""Handlers that the tests of the runtime deploy."""

import _thread
import functools
import logging
import os
import random
import socket
import time
import uuid
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger, Metrics

invocation_count = 0
logger = logging.getLogger("handlers")
powertools_logger = Logger(service="tests")
metrics = Metrics(namespace="Tests", service="tests")


@functools.lru_cache
def remembered(key: str) -> str:
    return f"{key} of {os.environ['AWS_LAMBDA_FUNCTION_NAME']}"


def counting(_event: Any, _context: Any) -> int:
    global invocation_count  # noqa: PLW0603 - a global that outlives an invocation is what is tested
    invocation_count += 1
    return invocation_count


def telling(event: Any, context: Any) -> dict[str, Any]:
    return {
        "event": event,
        "now": datetime.now(UTC).isoformat(),  # noqa: TID251 - it is the sandbox that is tested
        "left": context.get_remaining_time_in_millis(),
        "chance": random.random(),  # noqa: TID251 - it is the sandbox that is tested
        "uuid": str(uuid.uuid4()),  # noqa: TID251 - as above
        "variable": os.environ.get("VARIABLE"),
        "remembered": remembered("cache"),
    }


def interleaving(event: Any, _context: Any) -> dict[str, Any]:
    """Append a key, let the other environment run, and look at what is there."""
    powertools_logger.append_keys(who=event["who"])
    metrics.add_metric(name=event["who"], unit="Count", value=1)
    logging.getLogger("shared").setLevel(event["level"])
    time.sleep(0.01)  # noqa: TID251 - as above
    keys = powertools_logger.get_current_keys()
    seen = {
        "who": keys["who"],
        "metrics": sorted(metrics.metric_set),
        "level": logging.getLogger("shared").level,
        "remembered": remembered("cache"),
    }
    metrics.clear_metrics()
    return seen


def _nap(seconds: float) -> float:
    time.sleep(seconds)  # noqa: TID251 - as above
    return seconds


def fanning_out(_event: Any, _context: Any) -> dict[str, Any]:
    begun = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as executor:
        futures = [executor.submit(_nap, seconds) for seconds in (0.3, 0.2, 0.1)]
        done, pending = wait(futures, return_when=FIRST_COMPLETED)
        first = [future.result() for future in done]
        order = [future.result() for future in as_completed(futures)]
        mapped = list(executor.map(_nap, [0.1, 0.1]))
    return {
        "first": first,
        "pending": len(pending),
        "order": order,
        "mapped": mapped,
        "seconds": round(time.monotonic() - begun, 6),
    }


def failing(_event: Any, _context: Any) -> None:
    raise ValueError("boom")


def oversleeping(_event: Any, _context: Any) -> None:
    try:
        time.sleep(100)  # noqa: TID251 - as above
    finally:
        print("the finally clause ran")  # noqa: T201 - it must not be heard


def exiting(_event: Any, _context: Any) -> None:
    raise SystemExit(3)


def unmarshallable(_event: Any, _context: Any) -> object:
    return {1, 2}


def connecting(_event: Any, _context: Any) -> None:
    socket.create_connection(("example.org", 80))


def threading_away(_event: Any, _context: Any) -> None:
    _thread.start_new_thread(print, ())


def looping(_event: Any, _context: Any) -> None:
    while True:
        pass


def printing(_event: Any, _context: Any) -> None:
    print("half a", end=" ")  # noqa: T201 - standard output is the log
    print("line")  # noqa: T201 - as above
    logger.warning("a warning")
