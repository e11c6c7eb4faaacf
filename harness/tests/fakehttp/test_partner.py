"""A partner: latency, moods, faults, and what is kept of a call."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from harness.errors import UnsupportedError
from harness.kernel.faultpoints import Fault
from harness.kernel.instant import milliseconds, seconds

URL = "https://counter.test"
Open = Callable[..., Any]


def test_a_call_takes_the_partners_latency(open_world: Open) -> None:
    """The application runs at the end of it, and so does `elapsed`."""
    world = open_world()
    response = requests.get(URL, timeout=1)

    assert response.json() == {"count": 1}
    assert world.elapsed == 50_000
    assert response.elapsed.total_seconds() == pytest.approx(0.05)
    assert world.counter.environs[0]["harness.now"] == 1_050_000


def test_a_mood_with_a_status_answers_in_the_partners_words(open_world: Open) -> None:
    """The application does not work, and the author's Retry-After goes before its own."""
    world = open_world()
    world.partner.set_mood(status=429, retry_after="2s", times=1)
    limited = requests.get(URL, timeout=1)
    fine = requests.get(URL, timeout=1)

    assert (limited.status_code, limited.text) == (429, "not today")
    assert limited.headers["Retry-After"] == "2"
    assert (fine.status_code, world.counter.count) == (200, 1)


def test_a_mood_may_skip_and_end_and_be_cleared(open_world: Open) -> None:
    """Skip comes before times."""
    world = open_world()
    world.partner.set_mood(status=503, skip=1, times=2)
    statuses = [requests.get(URL, timeout=1).status_code for _ in range(4)]
    world.partner.set_mood(status=500)
    world.partner.clear_mood()

    assert statuses == [200, 503, 503, 200]
    assert requests.get(URL, timeout=1).status_code == 200


def test_a_mood_strikes_only_the_calls_it_is_about(open_world: Open) -> None:
    """Calls of another method or path are not even counted."""
    world = open_world()
    world.partner.set_mood(status=500, method="POST", path="^/a", times=1)

    assert requests.get(URL + "/a", timeout=1).status_code == 200
    assert requests.post(URL + "/b", timeout=1).status_code == 200
    assert requests.post(URL + "/a", timeout=1).status_code == 500
    assert requests.post(URL + "/a", timeout=1).status_code == 200


def test_moods_that_are_added_follow_each_other(open_world: Open) -> None:
    """The second counts only what the first lets pass."""
    world = open_world()
    world.partner.set_mood(status=429, times=1)
    world.partner.add_mood(status=500, times=1)
    statuses = [requests.get(URL, timeout=1).status_code for _ in range(3)]

    assert statuses == [429, 500, 200]


def test_a_partner_slower_than_the_time_out_does_its_work_all_the_same(open_world: Open) -> None:
    """The sender gives up after its own time-out, and cannot know."""
    world = open_world()
    world.partner.set_mood(slow="5s")
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(URL, timeout=(9, 2))

    assert world.elapsed == 2_000_000
    assert world.counter.count == 1
    assert [(call.status, call.problem) for call in world.partner.calls] == [(None, "no answer")]


def test_a_partner_as_slow_as_the_time_out_is_just_in_time(open_world: Open) -> None:
    """The boundary belongs to the answer."""
    world = open_world()
    world.partner.set_mood(slow=milliseconds(1950))

    assert requests.get(URL, timeout=2).status_code == 200
    assert world.elapsed == 2_000_000


@pytest.mark.parametrize(
    ("mood", "error", "elapsed", "count"),
    [
        ({"times_out": True}, requests.exceptions.ReadTimeout, 3_000_000, 0),
        ({"times_out": "connect"}, requests.exceptions.ConnectTimeout, 2_000_000, 0),
        ({"drops": True}, requests.exceptions.ConnectionError, 50_000, 0),
        ({"drops": "after"}, requests.exceptions.ConnectionError, 50_000, 1),
    ],
)
def test_a_call_may_be_lost_in_several_ways(
    open_world: Open, mood: dict[str, Any], error: type[Exception], elapsed: int, count: int
) -> None:
    """Each has its exception, its time, and its answer to whether the work was done."""
    world = open_world()
    world.partner.set_mood(**mood)
    with pytest.raises(error) as caught:
        requests.get(URL + "/secret", timeout=(2, 3))

    assert type(caught.value) is error
    assert "secret" not in str(caught.value)
    assert (world.elapsed, world.counter.count) == (elapsed, count)


def test_garbage_is_a_200_that_no_parser_takes(open_world: Open) -> None:
    """Neither JSON nor UTF-8."""
    world = open_world()
    world.partner.set_mood(garbage=True)
    response = requests.get(URL, timeout=1)

    assert response.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        response.json()
    assert world.counter.count == 0


@pytest.mark.parametrize(
    ("fault", "error", "elapsed", "count"),
    [
        (Fault("timeout"), requests.exceptions.ReadTimeout, 1_000_000, 0),
        (Fault("lost_answer"), requests.exceptions.ReadTimeout, 1_000_000, 1),
    ],
)
def test_a_fault_may_lose_the_call_or_only_its_answer(
    open_world: Open, fault: Fault, error: type[Exception], elapsed: int, count: int
) -> None:
    """After a lost answer the work is done."""
    world = open_world(fault=fault)
    with pytest.raises(error):
        requests.get(URL, timeout=1)

    assert (world.elapsed, world.counter.count) == (elapsed, count)


def test_a_fault_may_kill_the_caller_before_or_after_the_work(open_world: Open) -> None:
    """`crash` is the world's."""
    before, after = open_world(fault=Fault("crash_before")), open_world(fault=Fault("crash_after"))
    for world in (after, before):
        with pytest.raises(Exception, match=r"^$") as caught:
            requests.get(URL, timeout=1)
        assert type(caught.value).__name__ == "CrashedError"
        world.partners.close()

    assert (before.counter.count, after.counter.count) == (0, 1)


def test_a_fault_may_answer_with_an_error_or_delay(open_world: Open) -> None:
    """An error is worded by the partner; the decider is told what is called by whom."""
    world = open_world(fault=Fault("error", status=503))
    answer = requests.get(URL + "/secret", timeout=1)
    slow = open_world(fault=Fault("delay", delay=seconds(3)))
    requests.get(URL, timeout=9)

    assert (answer.status_code, answer.text) == (503, "not today")
    point = world.faults.points[0]
    assert (point.service, point.operation, point.function) == ("http", "counter", "Reporter")
    assert point.parameters == {"method": "GET", "path": "/***"}
    assert slow.elapsed == 3_050_000


def test_a_partial_fault_is_refused(open_world: Open) -> None:
    """No HTTP call does a part of its work."""
    open_world(fault=Fault("partial"))
    with pytest.raises(UnsupportedError, match=r"^fault 'partial' is not modelled"):
        requests.get(URL, timeout=1)


def test_a_call_without_a_time_out_hangs_for_an_hour(open_world: Open) -> None:
    """Long enough that Lambda's own time-out comes first."""
    world = open_world()
    world.partner.set_mood(times_out=True)
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(URL)  # noqa: S113 - the missing time-out is the subject

    assert world.elapsed == 3_600_000_000


def test_what_is_kept_of_a_call_holds_nothing_private(open_world: Open) -> None:
    """Credentials, phone numbers and addresses are hidden, ids are kept."""
    world = open_world()
    requests.post(
        URL + "/secret?phone=12025550123",
        json={"memberId": "fan:12345678901", "phoneNumber": "12025550123", "to": "a@b.example"},
        headers={"Authorization": "Bearer t0ken", "x-correlation-id": "corr-1"},
        timeout=1,
    )
    call = world.partner.calls[0]

    assert call.view() == {
        "at": 1_050_000,
        "function": "Reporter",
        "method": "POST",
        "path": "/***",
        "query": {"phone": "*********23"},
        "status": 200,
        "problem": None,
        "request": {
            "memberId": "fan:12345678901",
            "phoneNumber": "*********23",
            "to": "***",
        },
        "correlationId": "corr-1",
    }
    assert call.headers["authorization"] == "***"
    assert "t0ken" not in repr(call)
    assert "12025550123" not in repr(call)


def test_a_form_is_seen_as_a_mapping(open_world: Open) -> None:
    """TeleSign's calls are forms."""
    world = open_world()
    requests.post(URL, data={"event": "create"}, timeout=1)
    assert world.partner.calls[0].request == {"event": "create"}


def test_a_call_is_written_in_the_journal(open_world: Open) -> None:
    """Actor, partner, method, masked path, status."""
    world = open_world()
    requests.get(URL + "/secret", timeout=1)
    entry = world.journal[0]

    assert (entry.kind, entry.actor, entry.subject) == ("http", "Reporter", "counter")
    assert entry.details == {"method": "GET", "path": "/***", "status": 200}


def test_a_load_replay_keeps_no_bodies(open_world: Open) -> None:
    """A million scorings would fill the memory."""
    world = open_world(per_record=False)
    requests.post(URL, json={"a": 1}, timeout=1)
    assert world.partner.calls[0].request is None


def test_a_partner_takes_and_shows_state(open_world: Open) -> None:
    """Both are the application's business."""
    world = open_world()
    world.partner.load({"count": 41})
    requests.get(URL, timeout=1)
    assert world.partner.view() == {"count": 42}
