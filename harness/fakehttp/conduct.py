"""What happens to one call, decided before anything does: pure, so that it can be read and tested.

A call that its sender stops waiting for is not undone: a partner that is merely slow does its
work, and only the answer is lost.  That is the day on which senders post twice.
"""

from dataclasses import dataclass
from typing import Literal

from harness.errors import UnsupportedError
from harness.fakehttp.arrival import Arrival
from harness.fakehttp.moods import Mood
from harness.kernel.faultpoints import Fault
from harness.kernel.instant import Duration

Ending = Literal["answered", "hung up", "no answer", "no connection", "crashed"]

_NOTHING = Duration(0)


@dataclass(frozen=True, slots=True)
class Conduct:
    """Wait, work (or not), wait again, end."""

    wait_before: Duration
    works: bool
    ending: Ending
    wait_after: Duration = _NOTHING
    status: int | None = None
    """The status to answer with where the partner does not work."""


def conduct_of(
    arrival: Arrival,
    *,
    latency: Duration,
    fault: Fault | None,
    mood: Mood | None,
    patience: Duration,
) -> Conduct:
    """Return what happens to *arrival*; a *fault* of the run goes before the partner's *mood*."""
    limit = patience if arrival.read_timeout is None else arrival.read_timeout
    if fault is not None:
        conduct = _under_fault(fault, latency, limit)
    elif mood is not None:
        conduct = _under_mood(mood, arrival, latency, limit, patience)
    else:
        conduct = Conduct(latency, works=True, ending="answered")
    if conduct.ending == "answered" and conduct.wait_before > limit:
        return Conduct(limit, works=conduct.works, ending="no answer")
    return conduct


def _under_fault(fault: Fault, latency: Duration, limit: Duration) -> Conduct:
    match fault.kind:
        case "error":
            return Conduct(latency, works=False, ending="answered", status=fault.status)
        case "timeout":
            return Conduct(limit, works=False, ending="no answer")
        case "lost_answer":
            early = min(latency, limit)
            rest = Duration(limit - early)
            return Conduct(early, works=True, ending="no answer", wait_after=rest)
        case "crash_before":
            return Conduct(_NOTHING, works=False, ending="crashed")
        case "crash_after":
            return Conduct(latency, works=True, ending="crashed")
        case "delay":
            slow = Duration(latency + fault.delay)
            return Conduct(slow, works=True, ending="answered")
        case "partial":
            raise UnsupportedError(
                "fault 'partial' is not modelled for HTTP calls: no partner answers for a part"
            )


def _under_mood(
    mood: Mood, arrival: Arrival, latency: Duration, limit: Duration, patience: Duration
) -> Conduct:
    wait = Duration(latency + mood.delay)
    if mood.times_out == "connect":
        connect_timeout = arrival.connect_timeout
        return Conduct(
            patience if connect_timeout is None else connect_timeout,
            works=False,
            ending="no connection",
        )
    if mood.times_out == "read":
        return Conduct(limit, works=False, ending="no answer")
    if mood.drops is not None:
        return Conduct(min(wait, limit), works=mood.drops == "after", ending="hung up")
    if mood.is_garbage:
        return Conduct(wait, works=False, ending="answered")
    return Conduct(wait, works=mood.status is None, ending="answered", status=mood.status)
