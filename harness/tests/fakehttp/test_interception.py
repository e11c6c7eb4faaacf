"""Where `requests` meets the partners: what is patched, for how long, and what is refused."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from harness.errors import EscapeError, UnsupportedError

URL = "https://counter.test"
Open = Callable[..., Any]


def test_nothing_of_requests_stays_patched(open_world: Open) -> None:
    """Two worlds, closed in the order in which they were opened, leave it as it was."""
    send, clock = HTTPAdapter.send, requests.sessions.preferred_clock
    first, second = open_world(), open_world()
    first.partners.close()
    requests.get(URL, timeout=1)
    second.partners.close()
    second.partners.close()

    assert (HTTPAdapter.send, requests.sessions.preferred_clock) == (send, clock)
    assert (first.counter.count, second.counter.count) == (0, 1)


def test_the_innermost_world_answers_and_then_the_outer_again(open_world: Open) -> None:
    """Worlds nest, and follow each other."""
    outer = open_world()
    requests.get(URL, timeout=1)
    inner = open_world()
    requests.get(URL, timeout=1)
    inner.partners.close()
    requests.get(URL, timeout=1)

    assert (outer.counter.count, inner.counter.count) == (2, 1)


def test_a_call_to_nobody_is_refused_without_its_path(open_world: Open) -> None:
    """No socket is opened, and the path, which may hold a secret, is not told."""
    world = open_world()
    with pytest.raises(EscapeError) as caught:
        requests.get("https://elsewhere.test/secret?phone=12025550123", timeout=1)

    assert str(caught.value) == (
        "GET to https://elsewhere.test would leave the simulation: "
        "no partner is mounted there; mounted are https://counter.test"
    )
    assert world.journal[0].details["problem"] == "refused"


def test_sessions_ports_bytes_and_streams_all_arrive(open_world: Open) -> None:
    """The request is read as a server would read it."""
    world = open_world()

    def chunks() -> Iterator[bytes]:
        yield b"[1,"
        yield b"2]"

    with requests.Session() as session:
        session.post("https://COUNTER.test:443/a%3Ab?q=1", data=chunks(), timeout=1)
    environ = world.counter.environs[0]

    assert (environ["PATH_INFO"], environ["QUERY_STRING"]) == ("/a:b", "q=1")
    assert environ["wsgi.input"].read() == b"[1,2]"


def test_an_adapter_that_repeats_calls_is_refused(open_world: Open) -> None:
    """Its waiting would not be on the virtual clock."""
    open_world()
    with requests.Session() as session:
        session.mount("https://", HTTPAdapter(max_retries=2))
        with pytest.raises(UnsupportedError, match=r"max_retries is not modelled"):
            session.get(URL, timeout=1)


def test_the_library_keeps_no_calls(open_world: Open) -> None:
    """A run of a million calls must not hold a million responses."""
    world = open_world()
    responses = [requests.get(URL, timeout=1) for _ in range(3)]
    kept = world.partners._interception.response.calls  # noqa: SLF001 - the leak would be there

    assert len(responses) == 3
    assert len(kept) == 0
