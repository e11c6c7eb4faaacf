"""lookupPhoneScore and proxyCampaignService."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from workers.errors import PermanentError, RetryableError, WorkerError
from workers.handlers.lookup_phone_score.shapes import Question
from workers.handlers.lookup_phone_score.worker import lookup_phone_score
from workers.handlers.proxy_campaign_service.worker import proxy_campaign_service
from workers.pipeline.invocation import Invocation
from workers.tests.fakes.dynamodb import FakeDynamoDB, client_error
from workers.tests.fakes.services import FakeSession, an_invocation, some_settings

NUMBER = "+15551234567"
SCORED = {
    "reference_id": "ref-1",
    "status": {"code": 300},
    "phone_type": {"code": "2", "description": "MOBILE"},
    "carrier": {"name": "A Carrier"},
    "risk": {"level": "medium", "recommendation": "flag", "score": 501},
}
ANSWER = {
    "referenceId": "ref-1",
    "score": 501,
    "level": "medium",
    "recommendation": "flag",
    "phoneType": "MOBILE",
    "carrier": "A Carrier",
}


def asking(
    arguments: Mapping[str, Any],
    session: FakeSession,
    dynamodb: FakeDynamoDB | None = None,
    **environment: str,
) -> Invocation:
    invocation = an_invocation(
        session=session, dynamodb=dynamodb, settings=some_settings(**environment)
    )
    invocation.arguments = arguments
    return invocation


def test_a_number_is_scored_and_remembered_without_itself() -> None:
    """The history is filed under a digest."""
    session, dynamodb = FakeSession((200, SCORED)), FakeDynamoDB()

    assert lookup_phone_score(asking({"phoneNumber": NUMBER}, session, dynamodb)) == ANSWER

    ((method, url, sent),) = session.requests
    assert (method, url) == ("POST", "https://telesign.test/v1/score/15551234567")
    assert sent["data"] == {"account_lifecycle_event": "create"}
    assert sent["auth"] == ("customer", "key")
    (item,) = dynamodb.items("verificationsTable")
    digest = hmac.new(b"digest-key", NUMBER[1:].encode(), hashlib.sha256).hexdigest()
    assert item["subject"]["S"] == f"phone:{digest}"
    assert "5551234567" not in json.dumps(item)


def test_without_a_key_for_the_digest_telesign_is_not_asked() -> None:
    """A plain digest of a number is found out by trying all numbers."""
    session = FakeSession()

    with pytest.raises(PermanentError, match=r"^PHONE_DIGEST_KEY is not set$"):
        lookup_phone_score(asking({"phoneNumber": NUMBER}, session, PHONE_DIGEST_KEY=""))

    assert session.requests == []


def test_a_question_does_not_show_its_number() -> None:
    """It may end in a traceback."""
    assert repr(Question(NUMBER)) == "Question(member_id='')"
    assert repr(Question(member_id="fan:1")) == "Question(member_id='fan:1')"


def test_a_members_number_comes_from_user_service() -> None:
    """And the history is the member's."""
    session = FakeSession((200, {"memberId": "fan:1", "phoneNumber": NUMBER}), (200, SCORED))
    dynamodb = FakeDynamoDB()

    assert lookup_phone_score(asking({"memberId": "fan:1"}, session, dynamodb)) == ANSWER

    assert session.requests[0][1] == "https://users.test/users/fan%3A1"
    assert dynamodb.items("verificationsTable")[0]["subject"] == {"S": "fan:1"}


def test_a_member_that_nobody_knows_has_no_score() -> None:
    """The field is null."""
    assert lookup_phone_score(asking({"memberId": "fan:1"}, FakeSession((404, "")))) is None


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"phoneNumber": NUMBER, "memberId": "fan:1"},
        {"phoneNumber": "555-12"},
        {"phoneNumber": "+0123456789"},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(arguments: dict[str, str]) -> None:
    """Without repeating the number."""
    with pytest.raises(PermanentError) as caught:
        lookup_phone_score(asking(arguments, FakeSession()))

    assert "555" not in str(caught.value)


@pytest.mark.parametrize(
    "bad_day",
    [
        (200, {"status": {"code": 500}, "errors": [{"code": -10001}]}),
        (200, "<html>"),
        (200, []),
        (401, {}),
        (404, {}),
        (503, {}),
        requests.ConnectTimeout(f"no answer from /v1/score/{NUMBER[1:]}"),
    ],
)
def test_telesigns_bad_days_are_errors_that_show_no_number(bad_day: Any) -> None:
    """Not in the text, and not in the cause that a traceback would print."""
    with pytest.raises(WorkerError) as caught:
        lookup_phone_score(asking({"phoneNumber": NUMBER}, FakeSession(bad_day)))

    error: BaseException | None = caught.value
    while error is not None:
        assert "5551234567" not in str(error)
        error = None if error.__suppress_context__ and error.__cause__ is None else error.__cause__


def test_a_look_up_that_was_not_recorded_is_an_error() -> None:
    """The history is part of the answer."""

    def throttle(_operation: str, _parameters: dict[str, Any]) -> None:
        raise client_error("ThrottlingException")

    with pytest.raises(
        RetryableError, match=r"^the look-up was not recorded: ThrottlingException$"
    ):
        lookup_phone_score(
            asking({"phoneNumber": NUMBER}, FakeSession((200, SCORED)), FakeDynamoDB(throttle))
        )


def test_an_events_campaign_is_passed_on() -> None:
    """Its properties as JSON text."""
    document = {"campaignId": "spring", "eventId": "e 1", "name": "Spring", "properties": {"a": 1}}
    session = FakeSession((200, document))

    answer = proxy_campaign_service(asking({"eventId": "e 1"}, session))

    assert answer == {**document, "properties": '{"a": 1}'}
    assert session.requests[0][1] == "https://campaigns.test/events/e%201/campaign"


def test_an_event_without_a_campaign_is_null() -> None:
    """404 is an answer."""
    assert proxy_campaign_service(asking({"eventId": "e1"}, FakeSession((404, "")))) is None


@pytest.mark.parametrize(
    "bad_day", [(500, ""), (403, ""), (200, "?"), (200, {}), requests.Timeout()]
)
def test_any_other_failure_of_campaign_service_is_an_error(bad_day: Any) -> None:
    """AppSync tells the client."""
    with pytest.raises(WorkerError, match=r"^campaign-service "):
        proxy_campaign_service(asking({"eventId": "e1"}, FakeSession(bad_day)))


@pytest.mark.parametrize("event_id", [None, "", "x" * 129, 5])
def test_an_event_id_has_a_rule(event_id: Any) -> None:
    """GraphQL checks the type only."""
    with pytest.raises(PermanentError, match=r"^eventId is not a text of 1 to 128 characters$"):
        proxy_campaign_service(asking({"eventId": event_id}, FakeSession()))
