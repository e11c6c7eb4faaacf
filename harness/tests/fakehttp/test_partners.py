"""Partners by name and by URL."""

from typing import Any

import pytest

from harness.fakehttp.arrival import Arrival
from harness.fakehttp.mounting import mount_from
from harness.fakehttp.partner import Mount
from harness.fakehttp.partners import Partners
from harness.fakehttp.wiring import Wiring
from harness.kernel.instant import Duration, Instant
from harness.kernel.journal import Journal
from harness.kernel.scheduler import Scheduler


def partners_at(**urls: str) -> Partners:
    scheduler = Scheduler(Instant(0))
    wiring = Wiring(now=lambda: scheduler.now, pause=lambda _: None, journal=Journal(scheduler))
    return Partners([Mount(name, _plain, url) for name, url in urls.items()], wiring)


def _plain(_environ: Any, start_response: Any, /) -> list[bytes]:
    start_response("204 No Content", [])
    return []


def an_arrival(url: str, path: str) -> Arrival:
    return Arrival("GET", url, path, "", {}, b"")


def test_the_longest_base_url_wins() -> None:
    """One host may hold several services."""
    partners = partners_at(all="https://x.test", users="https://x.test/users")
    found = [
        partner.name if (partner := partners.find(an_arrival("https://x.test", path))) else None
        for path in ("/users/1", "/users", "/usersx", "/")
    ]
    assert found == ["users", "users", "all", "all"]


def test_another_scheme_or_host_is_nobody() -> None:
    """A base URL is matched whole."""
    partners = partners_at(one="https://x.test/api")
    assert partners.find(an_arrival("http://x.test", "/api")) is None
    assert partners.find(an_arrival("https://x.test", "/other")) is None


def test_a_plain_wsgi_application_has_no_state() -> None:
    """It may be mounted all the same, and words its bad days plainly."""
    partner = partners_at(one="https://x.test")["one"]
    partner.set_mood(status=503)
    reply = partner.answer(an_arrival("https://x.test", "/+12025550123"))

    assert partner.view() == {}
    assert (reply.status, reply.body) == (503, b'{"message": "Service Unavailable"}')
    assert partner.calls[0].path == "/+*********23"
    with pytest.raises(ValueError, match=r"^partner 'one' takes no state"):
        partner.load({})


def test_a_base_url_must_be_one() -> None:
    """A host without a scheme is a mistake."""
    with pytest.raises(ValueError, match=r"^partner 'one': url 'x.test' is not a base URL"):
        partners_at(one="x.test")


def test_a_mount_is_read_from_a_world_file() -> None:
    """The class is imported and gets the options."""
    mount = mount_from(
        "slack",
        {
            "application": "fixtures.partners.slack:Slack",
            "url": "https://hooks.slack.com/",
            "latency": "200ms",
            "options": {"webhook_path": "/services/T/B/s"},
        },
    )
    assert (mount.url, mount.latency) == ("https://hooks.slack.com", Duration(200_000))
    assert type(mount.application).__name__ == "Slack"


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        (
            {"aplication": "a:b", "url": "u"},
            r"no setting 'aplication'; did you mean 'application'",
        ),
        ({"application": "a:b"}, r"^partner 'p' needs url$"),
        ({"application": "nowhere", "url": "u"}, r"is not written module:Class$"),
        ({"application": "no.where:X", "url": "u"}, r"cannot be loaded: No module named 'no'"),
        (
            {
                "application": "fixtures.partners.slack:Slack",
                "url": "u",
                "options": {"path": "/services/T/B/s3cret"},
            },
            r"^partner 'p': Slack cannot be made with the options path; it takes \(.*\)$",
        ),
        (
            {"application": "fixtures.partners.slack:Slack", "url": "u", "latency": "soon"},
            r"^partner 'p': Slack cannot be made with no options at all; it takes",
        ),
    ],
)
def test_a_wrong_mount_is_named(settings: dict[str, Any], problem: str) -> None:
    """The error says what to write."""
    with pytest.raises(ValueError, match=problem):
        mount_from("p", settings)
