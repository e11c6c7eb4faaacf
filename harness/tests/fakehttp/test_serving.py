"""The same partners over a real port.

The server runs in this process, and the client is the standard library's, so that no patch of
`requests` has a part in it.
"""

import json
from http.client import HTTPConnection, RemoteDisconnected

import pytest

from harness.fakehttp.serving import Served
from harness.tests.fakehttp.conftest import CounterWorld


def ask(served: Served, path: str = "/") -> tuple[int, bytes]:
    connection = HTTPConnection(served.url.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_a_served_partner_answers_in_its_mood() -> None:
    """State, moods and recorded calls are those of the partner."""
    world = CounterWorld()
    with Served(world.partner) as served:
        fine = ask(served, "/secret?a=1")
        world.partner.set_mood(status=503)
        bad = ask(served)

    assert (fine[0], json.loads(fine[1])) == (200, {"count": 1})
    assert bad == (503, b"not today")
    assert [call.path for call in world.partner.calls] == ["/***", "/"]


def test_a_served_partner_that_drops_cuts_the_connection() -> None:
    """The client sees what it would see of a crashed server."""
    world = CounterWorld()
    world.partner.set_mood(drops=True)
    with Served(world.partner) as served, pytest.raises(RemoteDisconnected):
        ask(served)
