"""``LogResult``: the last 4 KB of what an invocation wrote to its log.

Source: Lambda API reference, "Invoke", ``LogType``; Lambda developer guide, "Working with Lambda
function logs"; for the status what people quote of their logs.
"""

import math
from base64 import b64encode
from collections.abc import Sequence

from harness.kernel.journal import Journal
from harness.runtime.function import Function
from harness.runtime.outcome import Outcome
from harness.world.logs import Written

_BYTES_MAX = 4_096


def log_tail(
    written: Sequence[Written], outcome: Outcome, function: Function, journal: Journal
) -> str:
    """Return the log of the invocation that ended with *outcome*, as base64.

    *written* holds what any invocation wrote meanwhile.
    """
    end = journal[outcome.entry]
    duration = end.details["duration"] / 1_000
    lines = [line for invocation, line in written if invocation == end.cause]
    request_id = outcome.request_id
    # Memory is not measured: a function uses what it has.
    report = (
        f"REPORT RequestId: {request_id}\tDuration: {duration:.2f} ms\t"
        f"Billed Duration: {math.ceil(duration)} ms\tMemory Size: {function.memory_mb} MB\t"
        f"Max Memory Used: {function.memory_mb} MB\t{_status(outcome)}"
    )
    start = f"START RequestId: {request_id} Version: $LATEST"
    log = "".join(f"{line}\n" for line in (start, *lines, f"END RequestId: {request_id}", report))
    return b64encode(log.encode()[-_BYTES_MAX:]).decode("ascii")


def _status(outcome: Outcome) -> str:
    """Return what ends the report of an invocation that did not end by itself."""
    if not outcome.has_failed:
        return ""
    error_type = outcome.payload["errorType"]
    if error_type == "Sandbox.Timedout":
        return "Status: timeout"
    return f"Status: error\tError Type: {error_type}" if error_type == "Runtime.ExitError" else ""
