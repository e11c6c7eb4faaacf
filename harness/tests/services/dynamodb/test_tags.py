"""Tags of tables."""

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import TABLE, Engine

TAGGING = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TaggingRestrictions.html"
)
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
    with pytest.raises(ServiceError, match="Number of Tags exceed the current limit"):
        engine.ask("TagResource", ResourceArn=ARN, Tags=tags)
    assert engine.ask("ListTagsOfResource", ResourceArn=ARN) == {"Tags": []}
    engine.ask("TagResource", ResourceArn=ARN, Tags=tags[:50])
    with pytest.raises(ServiceError, match="Number of Tags exceed the current limit"):
        engine.ask("TagResource", ResourceArn=ARN, Tags=tags[50:])


def test_a_table_that_is_not_there_has_no_tags() -> None:
    with pytest.raises(ServiceError) as caught:
        Engine().ask("ListTagsOfResource", ResourceArn=f"{ARN}2")
    assert caught.value.code == "ResourceNotFoundException"


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        ([], "Atleast one Tag needs to be provided as Input."),
        ([{"Key": "", "Value": "v"}], "The Tag Key provided is invalid, Key: "),
        ([{"Key": "k" * 129, "Value": "v"}], f"The Tag Key provided is invalid, Key: {'k' * 129}"),
        (
            [{"Key": "k", "Value": "v" * 257}],
            f"The Tag Value provided is invalid, Value: {'v' * 257}",
        ),
        (
            [{"Key": "aws:zzz", "Value": "v"}],
            "Tag Key cannot be prefixed with aws:, Key: aws:zzz",
        ),
        (
            [{"Key": "dup", "Value": "1"}, {"Key": "dup", "Value": "2"}],
            "Duplicate Tag Keys provided as input: Duplicate Tag Key found dup",
        ),
    ],
)
def test_one_faulty_tag_keeps_all_of_them_out(tags: list[dict[str, str]], message: str) -> None:
    engine = Engine()
    given = [{"Key": "good", "Value": "v"}, *tags] if tags else tags
    with pytest.raises(ServiceError) as caught:
        engine.ask("TagResource", ResourceArn=ARN, Tags=given)
    assert (caught.value.code, caught.value.message) == ("ValidationException", message)
    assert engine.ask("ListTagsOfResource", ResourceArn=ARN) == {"Tags": []}


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ([], "Atleast one Tag Key needs to be provided as Input."),
        (["good", "k" * 129], f"The Tag Key provided is invalid, Key: {'k' * 129}"),
        (
            [f"t{number}" for number in range(51)],
            "Number of Tags exceed the current limit for the provided ResourceArn",
        ),
    ],
)
def test_faulty_keys_take_no_tag_away(keys: list[str], message: str) -> None:
    engine = Engine(TABLE | {"Tags": [{"Key": "good", "Value": "v"}]})
    with pytest.raises(ServiceError) as caught:
        engine.ask("UntagResource", ResourceArn=ARN, TagKeys=keys)
    assert (caught.value.code, caught.value.message) == ("ValidationException", message)
    assert engine.ask("ListTagsOfResource", ResourceArn=ARN)["Tags"]


def test_a_table_with_a_faulty_tag_is_not_made() -> None:
    engine = Engine()
    engine.call("DeleteTable")
    with pytest.raises(ServiceError, match="Tag Key cannot be prefixed"):
        engine.ask("CreateTable", **TABLE, Tags=[{"Key": "aws:a", "Value": ""}])
    assert engine.ask("ListTables") == {"TableNames": []}


@pytest.mark.parametrize(
    ("arn", "message"),
    [
        ("t", "One or more parameter values were invalid: ARNs must start with 'arn:': t"),
        (
            f"{ARN}/index/byVerdict",
            (
                "One or more parameter values were invalid: Invalid resource arn provided, only "
                f"table or stream is accepted. Provided resource arn: {ARN}/index/byVerdict"
            ),
        ),
        (
            ARN.replace("us-east-1", "eu-west-1"),
            "Invalid TableArn: Invalid ResourceArn provided as input "
            + ARN.replace("us-east-1", "eu-west-1"),
        ),
    ],
)
def test_what_is_no_table_of_this_region_has_no_tags(arn: str, message: str) -> None:
    with pytest.raises(ServiceError) as caught:
        Engine().ask("ListTagsOfResource", ResourceArn=arn)
    assert (caught.value.code, caught.value.message) == ("ValidationException", message)


@pytest.mark.aws(
    "The tags of a table of another account, be it there or not, are denied.",
    source="https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier2/tags/basic.test.ts",
    service="dynamodb",
)
@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_the_tags_of_another_account_are_denied(region: str) -> None:
    arn = f"arn:aws:dynamodb:{region}:000000000000:table/demandTable"
    engine = Engine()
    for operation, more in (
        ("ListTagsOfResource", {}),
        ("TagResource", {"Tags": [{"Key": "k", "Value": "v"}]}),
        ("UntagResource", {"TagKeys": ["k"]}),
    ):
        with pytest.raises(ServiceError) as caught:
            engine.ask(operation, ResourceArn=arn, **more)
        assert caught.value.code == "AccessDeniedException"
        assert caught.value.message.endswith(
            f" is not authorized to perform: dynamodb:{operation} on resource: {arn}"
        )
