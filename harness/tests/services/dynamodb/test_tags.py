"""Tags of tables."""

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import TABLE, Engine

TAGGING = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html"
ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/demandTable"


def test_tags_are_set_replaced_and_taken_away() -> None:
    engine = Engine(TABLE | {"Tags": [{"Key": "team", "Value": "a"}]})
    engine.ask(
        "TagResource",
        ResourceArn=ARN,
        Tags=[{"Key": "team", "Value": "b"}, {"Key": "stage", "Value": "test"}],
    )
    engine.ask("UntagResource", ResourceArn=ARN, TagKeys=["stage", "gone"])
    answer = engine.ask("ListTagsOfResource", ResourceArn=ARN)
    assert answer == {"Tags": [{"Key": "team", "Value": "b"}]}


def test_tags_come_in_pages() -> None:
    tags = [{"Key": f"t{number}", "Value": ""} for number in range(12)]
    engine = Engine(TABLE | {"Tags": tags})
    first = engine.ask("ListTagsOfResource", ResourceArn=ARN)
    rest = engine.ask("ListTagsOfResource", ResourceArn=ARN, NextToken=first["NextToken"])
    assert first["Tags"] + rest["Tags"] == tags
    assert "NextToken" not in rest
    with pytest.raises(ServiceError, match="Invalid NextToken"):
        engine.ask("ListTagsOfResource", ResourceArn=ARN, NextToken="x")


@pytest.mark.aws("A table can have up to 50 tags", source=TAGGING, service="dynamodb")
def test_a_table_has_at_most_fifty_tags() -> None:
    tags = [{"Key": f"t{number}", "Value": ""} for number in range(51)]
    engine = Engine()
    with pytest.raises(ServiceError, match="Too many tags"):
        engine.ask("TagResource", ResourceArn=ARN, Tags=tags)
    assert engine.ask("ListTagsOfResource", ResourceArn=ARN) == {"Tags": []}


def test_a_table_that_is_not_there_has_no_tags() -> None:
    with pytest.raises(ServiceError) as caught:
        Engine().ask("ListTagsOfResource", ResourceArn=f"{ARN}2")
    assert caught.value.code == "ResourceNotFoundException"
