"""Calls to partners."""

import logging
import traceback
from typing import Any

import pytest
import requests

from workers.clients.aws import AwsClients
from workers.clients.partner import HttpClient, json_object
from workers.errors import PermanentError, RetryableError, UncertainError
from workers.tests.fakes.services import FakeSession, some_settings

SECRET = "https://slack.test/services/secret-hook"


def calling(session: FakeSession, url: str = SECRET) -> requests.Response | None:
    return HttpClient(timeout_seconds=5, session=session).call(
        "slack", "POST", url, correlation_id="c", json={}
    )


def test_every_call_has_a_time_limit_and_a_correlation() -> None:
    """A partner that hangs must not hold the function until it times out."""
    session = FakeSession((200, "ok"))

    calling(session)

    ((_, _, sent),) = session.requests
    assert sent["timeout"] == (3, 5)
    assert sent["headers"] == {"x-correlation-id": "c"}
    assert sent["allow_redirects"] is False


@pytest.mark.parametrize("library", ["urllib3", "botocore"])
def test_no_library_writes_down_what_it_sends(
    library: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever level somebody sets for all logs: addresses and items hold what is private."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.NOTSET, logger=library)
    AwsClients(some_settings())
    HttpClient(timeout_seconds=1)

    assert not logging.getLogger(f"{library}.any").isEnabledFor(logging.INFO)


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_may_pass_is_retryable(status: int) -> None:
    """The text says who and what, not where."""
    with pytest.raises(RetryableError, match=rf"^slack answered {status}$"):
        calling(FakeSession((status, "")))


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 410])
def test_what_will_not_pass_is_permanent(status: int) -> None:
    """A person has to look, also where the partner says that it has moved."""
    with pytest.raises(PermanentError, match=rf"^slack answered {status}$"):
        calling(FakeSession((status, "")))


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((500, ""), UncertainError),
        (requests.ReadTimeout(), UncertainError),
        (requests.ConnectionError(), UncertainError),
        (requests.ConnectTimeout(), RetryableError),
        ((429, ""), RetryableError),
    ],
)
def test_only_a_request_that_was_sent_may_have_been_carried_out(
    answer: Any, error: type[Exception]
) -> None:
    """Whoever posts has to know whether the other side may have taken it."""
    with pytest.raises(RetryableError) as caught:
        calling(FakeSession(answer))

    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("", 0),
        ("0", 0),
        ("30", 30),
        ("999999999", 999_999_999),
        ("-1", 0),
        ("1.5", 0),
        ("\N{SUPERSCRIPT TWO}", 0),
        ("9" * 5000, 0),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 0),
    ],
)
def test_a_partner_says_how_long_it_wants_to_be_left_alone(said: str, seconds: int) -> None:
    """In seconds; anything else counts as nothing said."""
    with pytest.raises(RetryableError) as caught:
        calling(FakeSession((429, ""), retry_after=said))

    assert caught.value.retry_after_seconds == seconds


@pytest.mark.parametrize("status", [408, 503])
def test_only_too_many_requests_are_a_reason_to_ask_less(status: int) -> None:
    """Whatever else a partner says of when to come again."""
    with pytest.raises(RetryableError) as caught:
        calling(FakeSession((status, ""), retry_after="30"))

    assert caught.value.retry_after_seconds is None


def test_an_exception_of_requests_does_not_leak_the_address() -> None:
    """Lambda prints the whole traceback, causes included."""
    session = FakeSession(requests.ConnectionError(f"Max retries exceeded with url: {SECRET}"))

    with pytest.raises(RetryableError) as caught:
        calling(session)

    printed = "".join(traceback.format_exception(caught.value))
    assert "secret-hook" not in printed
    assert "slack did not answer: ConnectionError" in printed


def test_a_function_without_an_address_says_so() -> None:
    """A setting is missing."""
    with pytest.raises(PermanentError, match=r"^slack has no address$"):
        calling(FakeSession(), url="/scoring")


def test_something_else_than_a_json_object_is_retryable() -> None:
    """A proxy may have answered in the partner's place."""
    bodies: tuple[object, ...] = ("<html>", [])
    for body in bodies:
        response = calling(FakeSession((200, body)))
        assert response is not None
        with pytest.raises(RetryableError, match=r"^slack answered with"):
            json_object("slack", response)
