"""Recorded answers: what a partner said in production, said again."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from harness.fakehttp.recordedanswers import answers_from

URL = "https://counter.test"
Open = Callable[..., Any]


def recorded(world: Any, *lines: str) -> None:
    world.partner.repeat(answers_from("\n".join(lines)))


def test_answers_come_in_their_order_and_the_last_one_stays(open_world: Open) -> None:
    """A run may ask more often than production did."""
    world = open_world()
    recorded(world, '{"path": "/a", "body": {"n": 1}}', '{"path": "/a", "body": {"n": 2}}')

    assert [requests.get(URL + "/a", timeout=1).json() for _ in range(3)] == [
        {"n": 1},
        {"n": 2},
        {"n": 2},
    ]


def test_what_was_never_asked_is_answered_by_the_application(open_world: Open) -> None:
    """Another path, another method, another query."""
    world = open_world()
    recorded(world, '{"path": "/a?x=1", "method": "POST", "status": 201, "body": "made"}')

    said = [
        requests.post(URL + "/a?x=1", timeout=1).text,
        requests.post(URL + "/a?x=2", timeout=1).text,
        requests.get(URL + "/a?x=1", timeout=1).text,
    ]
    assert said == ["made", '{"count": 2}', '{"count": 3}']


def test_the_application_works_on_what_was_answered_well_alone(open_world: Open) -> None:
    """So its state is what has come of the calls."""
    world = open_world()
    recorded(
        world,
        '{"path": "/a", "status": 503, "headers": {"Retry-After": "9"}}',
        '{"path": "/a", "status": 204}',
    )
    refused = requests.get(URL + "/a", timeout=1)

    assert (refused.status_code, refused.headers["Retry-After"], refused.text) == (503, "9", "")
    assert world.counter.count == 0
    assert requests.get(URL + "/a", timeout=1).status_code == 204
    assert world.counter.count == 1


def test_an_answer_takes_as_long_as_it_took(open_world: Open) -> None:
    """And the partner's latency where nobody measured it."""
    world = open_world()
    recorded(world, '{"path": "/a", "took": "300ms"}', '{"path": "/b"}')

    requests.get(URL + "/a", timeout=1)
    requests.get(URL + "/b", timeout=1)
    with pytest.raises(requests.ReadTimeout):
        requests.get(URL + "/a", timeout=0.2)

    assert world.elapsed == 300_000 + 50_000 + 200_000


def test_a_bad_day_goes_before_a_recorded_answer_and_spends_none(open_world: Open) -> None:
    """The scenario was written after the recording."""
    world = open_world()
    recorded(world, '{"path": "/a", "body": "one"}', '{"path": "/a", "body": "two"}')
    world.partner.set_mood(status=500, times=1)

    said = [requests.get(URL + "/a", timeout=1).text for _ in range(2)]

    assert said == ["not today", "one"]


def test_a_recording_may_hold_the_path_as_reports_show_it(open_world: Open) -> None:
    """So it need not hold what is private."""
    world = open_world()
    recorded(world, '{"path": "/***/x", "body": "known"}')

    assert requests.get(URL + "/secret/x", timeout=1).text == "known"
    assert world.partner.calls[0].path == "/***/x"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2: Input data was truncated"),
        ('{"status": 200}', "line 2: Object missing required field `path`"),
        ('{"path": "/a", "state": 5}', "line 2: Object contains unknown field `state`"),
        ('{"path": "/a", "status": 2000}', "line 2: 2000 is not a valid HTTPStatus"),
        ('{"path": "/a", "took": "soon"}', "line 2: took 'soon' is not a duration"),
    ],
)
def test_a_line_that_is_no_answer_is_named(line: str, problem: str) -> None:
    """By its number, whatever is wrong with it."""
    with pytest.raises(ValueError, match=r"^line 2: ") as caught:
        list(answers_from(f'{{"path": "/a"}}\n{line}\n\n'))

    assert problem in str(caught.value)
