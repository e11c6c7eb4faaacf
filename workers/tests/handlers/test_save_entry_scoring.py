"""saveEntryScoring."""

import json
from typing import Any

import pytest
import requests

from workers.events.kinesis import ScoreBatch, score_batch
from workers.handlers.save_entry_scoring.worker import save_entry_scoring
from workers.tests.fakes.records import a_batch, a_kinesis_event, a_record
from workers.tests.fakes.services import Clock, FakeSession, an_invocation

NEW = {"inserted": 1, "updated": 0, "found": 0, "entries": 1}
KNOWN = {"inserted": 0, "updated": 1, "found": 1, "entries": 1}


def save(batch: ScoreBatch, session: FakeSession) -> dict[str, Any]:
    answer = save_entry_scoring(an_invocation(batch=batch, session=session))
    assert answer is not None
    return answer


def test_first_choices_are_sent_by_campaign() -> None:
    """Other ranks are not entries."""
    session = FakeSession((200, NEW), (200, KNOWN))
    batch = a_batch(
        a_record(is_verified=True), a_record("fan:2", campaign_id="fall"), a_record(rank=1)
    )

    answer = save(batch, session)

    assert answer == {
        "records": 3,
        "input": 2,
        "scoring": 2,
        "inserted": 1,
        "entries": 2,
        "updated": 1,
        "found": 1,
        "batchItemFailures": [],
    }
    method, url, sent = session.requests[0]
    assert (method, url) == ("POST", "https://entries.test/scoring")
    assert sent["headers"]["Authorization"] == "Bearer service-token"
    assert sent["headers"]["x-correlation-id"] == "correlation-1"
    assert json.loads(sent["data"]) == {
        "campaignId": "spring",
        "scoring": [
            {
                "memberId": "fan:1",
                "eventId": "e-0",
                "marketId": "m-0",
                "score": 0.5,
                "scoredAt": "2026-01-05T08:00:00.000000Z",
                "isVerified": True,
                "correlationId": "file-1",
            }
        ],
    }


@pytest.mark.parametrize(
    "bad_day",
    [
        (500, ""),
        (429, ""),
        (400, ""),
        (404, ""),
        (200, "<html>"),
        (200, {"inserted": "many"}),
        requests.ConnectionError(),
    ],
)
def test_a_campaign_that_fails_goes_back_and_the_other_is_saved(bad_day: Any) -> None:
    """Its records alone are reported."""
    batch = a_batch(a_record(), a_record("fan:2", campaign_id="fall"), a_record("fan:3"))

    answer = save(batch, FakeSession(bad_day, (200, NEW)))

    assert (answer["input"], answer["scoring"]) == (3, 1)
    assert answer["batchItemFailures"] == [{"itemIdentifier": "1"}, {"itemIdentifier": "3"}]


def test_a_malformed_record_is_part_of_records_only() -> None:
    """It is neither sent nor sent back."""
    answer = save(score_batch(a_kinesis_event(b"poison")), FakeSession())

    assert (answer["records"], answer["input"], answer["batchItemFailures"]) == (1, 0, [])


def test_campaigns_that_there_is_no_time_for_go_back() -> None:
    """A slow service would have the function stopped, and all of the batch come again."""
    session = FakeSession((200, NEW))
    batch = a_batch(a_record(), a_record("fan:2", campaign_id="fall"))
    # A call takes four seconds at most here, and the answer three.
    invocation = an_invocation(batch=batch, session=session, clock=Clock(7, step=1))

    answer = save_entry_scoring(invocation)

    assert answer is not None
    assert (answer["input"], answer["scoring"]) == (2, 1)
    assert answer["batchItemFailures"] == [{"itemIdentifier": "2"}]
