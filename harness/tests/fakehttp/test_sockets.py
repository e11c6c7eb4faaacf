"""Clients other than `requests` reach the partners, and repeat their calls in virtual time."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import requests
from requests.adapters import HTTPAdapter

from harness.errors import EscapeError, UnsupportedError
from harness.tests.world.opening import a_world
from harness.world.configuration import PartnerConfiguration
from harness.world.world import World

ASKING = """\
import asyncio, http.client, json, socket, ssl, time, urllib.error, urllib.request

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

URL = "https://echo.test/v1/it?q=1"
retries = Retry(total=3, backoff_factor=1, status_forcelist=[503], allowed_methods=None)

def with_urllib(url, timeout=3):
    with urllib.request.urlopen(url, timeout=timeout) as answer:
        return json.load(answer)

def with_http_client(url):
    connection = http.client.HTTPSConnection("echo.test", timeout=3)
    connection.request("GET", "/v1/it?q=1", headers={"X-Two": "a"})
    answer = connection.getresponse()
    return json.loads(answer.read())

def with_urllib3(url):
    return urllib3.PoolManager(retries=retries).request("GET", url, timeout=3).json()

def with_requests(url):
    with requests.Session() as session:
        session.mount("https://", HTTPAdapter(max_retries=retries))
        return session.get(url, timeout=(1, 3)).json()

def handler(event, context):
    begun = time.time()
    try:
        found = globals()[event["do"]](event.get("url", URL))
    except Exception as error:
        found = f"{type(error).__module__}.{type(error).__name__}"
    return [found, round(time.time() - begun, 2)]
"""
WAYS = ["with_urllib", "with_http_client", "with_urllib3", "with_requests"]


class Echo:
    """Tells what reached it."""

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse, /
    ) -> Iterable[bytes]:
        said = environ["wsgi.input"].read().decode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", "1")])
        told = (environ[name] for name in ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING"))
        return [json.dumps([environ["wsgi.url_scheme"], *told, said]).encode()]


def asking(folder: Path, more: str = "") -> World:
    """Return a world, not yet open, with one partner and a function that asks it."""
    configuration = a_world(folder, ASKING + more).configuration
    echo = PartnerConfiguration("echo", f"{__name__}:Echo", "https://echo.test")
    return World(replace(configuration, partners=(echo,)))


def told(world: World, do: str, **event: Any) -> Any:
    return world.invoke("Handle", {"do": do, **event}).payload


@pytest.mark.parametrize("way", WAYS)
def test_a_client_of_any_kind_reaches_a_partner(way: str, tmp_path: Path) -> None:
    """With the request that it would send, and in the partner's time."""
    with asking(tmp_path) as world:
        answer, seconds = told(world, way)
        (call,) = world.partners["echo"].calls

    assert answer == ["https", "GET", "/v1/it", "q=1", ""]
    assert seconds == 0.05
    assert (call.function, call.method, call.status) == ("Handle", "GET", 200)


@pytest.mark.parametrize("way", ["with_urllib3", "with_requests"])
def test_what_a_client_repeats_by_itself_it_repeats_in_virtual_time(
    way: str, tmp_path: Path
) -> None:
    """A status, with its own waits between, and a lost connection."""
    with asking(tmp_path) as world:
        partner = world.partners["echo"]
        partner.set_mood(status=503, times=2)
        partner.add_mood(drops="before", times=1)
        answer, seconds = told(world, way)
        problems = [call.problem or call.status for call in partner.calls]

    assert answer[1:3] == ["GET", "/v1/it"]
    assert problems == [503, 503, "hung up", 200]
    assert seconds == 6.2, "no wait, then 2 s and 4 s"


@pytest.mark.parametrize(
    ("way", "mood", "raised", "seconds"),
    [
        ("with_urllib", {"times_out": "read"}, "builtins.TimeoutError", 3),
        ("with_urllib", {"drops": "before"}, "http.client.RemoteDisconnected", 0.05),
        ("with_urllib", {"status": 404}, "urllib.error.HTTPError", 0.05),
        ("with_http_client", {"times_out": "read"}, "builtins.TimeoutError", 3),
        ("with_http_client", {"garbage": True}, "builtins.UnicodeDecodeError", 0.05),
    ],
)
def test_a_partners_bad_day_is_seen_as_its_client_sees_it(
    way: str, mood: dict[str, Any], raised: str, seconds: float, tmp_path: Path
) -> None:
    """The error and the time that it takes are the client's own."""
    with asking(tmp_path) as world:
        world.partners["echo"].set_mood(**mood)
        assert told(world, way) == [raised, seconds]


def test_bodies_arrive_in_one_piece_or_in_chunks(tmp_path: Path) -> None:
    """And an answer without a body is none."""
    more = """
def sending(url):
    pool = urllib3.PoolManager()
    chunks = (part for part in (b"one ", b"", b"two"))
    found = [pool.request("POST", url, body=b"x" * 100_000).json()[4].count("x")]
    found.append(pool.request("PUT", url, body=chunks, chunked=True).json()[4])
    return [*found, pool.request("HEAD", url).data.decode()]
"""
    with asking(tmp_path, more) as world:
        assert told(world, "sending") == [[100_000, "one two", ""], 0.15]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        (
            "def going(url): urllib.request.urlopen('https://elsewhere.test', timeout=1)",
            r"Handle#1 tried to open a real network connection at wicked\.py:36; fake the partner",
        ),
        (
            "def going(url): with_urllib('http://echo.test')",
            "tried to open a real network connection",
        ),
        (
            "def going(url): asyncio.run(asyncio.open_connection('echo.test', 443))",
            r"open a network connection of an event loop at wicked\.py:36; make the call in a thread",
        ),
    ],
)
def test_a_socket_that_leads_elsewhere_is_refused(more: str, problem: str, tmp_path: Path) -> None:
    """Nobody answers there, or nobody waits."""
    with pytest.raises(EscapeError, match=problem), asking(tmp_path, more) as world:
        told(world, "going")


def test_the_same_client_outside_of_handlers_is_as_it_was(tmp_path: Path) -> None:
    """There its sockets are real, and an adapter that repeats calls is refused."""
    with asking(tmp_path), requests.Session() as session:
        session.mount("https://", HTTPAdapter(max_retries=2))
        with pytest.raises(UnsupportedError, match="not modelled outside of handlers"):
            session.get("https://echo.test", timeout=1)
