"""S3 notifications, and the events that go on with their objects."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.errors import PermanentError
from workers.events.s3 import CreatedObject, created_objects, resuming_event
from workers.tests.fakes.records import an_s3_event

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
objects = st.builds(
    CreatedObject,
    bucket=texts,
    key=texts,
    etag=texts,
    version_id=texts,
    sequencer=texts,
    after_line=st.integers(0, 2**40),
)


@given(st.lists(objects, max_size=4))
def test_an_event_that_goes_on_is_read_as_it_was_written(
    given_objects: list[CreatedObject],
) -> None:
    """Over the wire, where it is JSON; keys with blanks, plus signs and slashes too."""
    event = json.loads(json.dumps(resuming_event(given_objects)))

    assert created_objects(event) == given_objects


def test_the_parts_of_an_object_share_its_correlation_id() -> None:
    """So a row gives the same record, whichever part takes it."""
    (announced,) = created_objects(an_s3_event("scores/a+b.csv", versionId="v1"))
    part = CreatedObject("vf-scoring", "scores/a b.csv", "e1", "v1", "0A", after_line=7)

    (resumed,) = created_objects(resuming_event([part]))

    assert resumed.after_line == 7
    assert resumed.correlation_id == announced.correlation_id


def test_an_object_that_was_not_begun_is_announced_as_by_s3() -> None:
    """There is no place to go on from."""
    (record,) = resuming_event([CreatedObject("b", "k")])["Records"]

    assert "resume" not in record


@pytest.mark.parametrize(
    ("resume", "problem"),
    [
        *[
            ({"afterLine": line}, "the place to go on from is no line number")
            for line in (0, -1, True, 1.5, "7", None)
        ],
        ({}, "the event is no S3 notification"),
        (None, "the event is no S3 notification"),
        ([], "the event is no S3 notification"),
        (7, "the event is no S3 notification"),
    ],
)
def test_a_place_that_cannot_be_read_is_an_error(resume: Any, problem: str) -> None:
    """Begun anew, the object would be loaded twice."""
    event = resuming_event([CreatedObject("b", "k", after_line=7)])
    event["Records"][0]["resume"] = resume

    with pytest.raises(PermanentError, match=f"^{problem}$"):
        created_objects(event)


def test_a_place_of_one_is_a_place() -> None:
    """The smallest there is."""
    (created,) = created_objects(resuming_event([CreatedObject("b", "k", after_line=1)]))

    assert created.after_line == 1
