"""Resource policies: the form they are kept in, their revisions, and who can have one."""

import json
from typing import Any

import pytest

from harness.services.base.errors import ServiceError
from harness.tests.services.dynamodb.engine import START, TABLE, Engine

PUT = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html"
DELETE = (
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html"
)
ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/demandTable"
NOT_FOUND = "Resource-based policy not found for the provided ResourceArn: "
INVALID = "One or more parameter values were invalid: "


def policy(action: Any = "dynamodb:GetItem", **more: Any) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "123456789012"},
        "Action": action,
        "Resource": ARN,
    }
    return {"Version": "2012-10-17", "Statement": [statement | more]}


def put(engine: Engine, document: Any, arn: str = ARN, **more: Any) -> str:
    text = document if isinstance(document, str) else json.dumps(document)
    answer = engine.ask("PutResourcePolicy", ResourceArn=arn, Policy=text, **more)
    revision: str = answer["RevisionId"]
    return revision


def refused(engine: Engine, operation: str, **parameters: Any) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        engine.ask(operation, **parameters)
    return caught.value


def test_a_policy_is_read_back_in_the_form_that_is_kept() -> None:
    """No spaces, AWS's order of members, one of a list as the one, an account as its root."""
    engine = Engine()
    statement = {
        "Resource": [ARN],
        "Condition": {"StringEquals": {"aws:PrincipalAccount": ["123456789012"]}},
        "Action": ["dynamodb:Query", "dynamodb:GetItem"],
        "Principal": {"AWS": ["123456789012", "123456789012"]},
        "Effect": "Allow",
        "Sid": "Readers",
    }
    revision = put(engine, json.dumps({"Statement": statement, "Version": "2012-10-17"}, indent=2))
    assert engine.ask("GetResourcePolicy", ResourceArn=ARN) == {
        "Policy": '{"Version":"2012-10-17","Statement":[{"Sid":"Readers","Effect":"Allow",'
        '"Principal":{"AWS":"arn:aws:iam::123456789012:root"},'
        '"Action":["dynamodb:Query","dynamodb:GetItem"],'
        f'"Resource":"{ARN}",'
        '"Condition":{"StringEquals":{"aws:PrincipalAccount":"123456789012"}}}]}',
        "RevisionId": revision,
    }


@pytest.mark.aws(
    "The same policy on the same resource answers the same revision",
    source=PUT,
    service="dynamodb",
)
def test_only_another_policy_is_another_revision() -> None:
    engine = Engine()
    first = put(engine, policy())
    assert first == str(START // 1000)
    assert put(engine, json.dumps(policy(["dynamodb:GetItem"]), indent=1)) == first
    second = put(engine, policy("dynamodb:PutItem"))
    assert second > first
    assert put(engine, policy()) > second


@pytest.mark.aws(
    "A change that expects another revision is refused with PolicyNotFoundException",
    source=PUT,
    service="dynamodb",
)
@pytest.mark.parametrize("operation", ["PutResourcePolicy", "DeleteResourcePolicy"])
def test_a_change_that_expects_another_revision_is_refused(operation: str) -> None:
    engine = Engine()
    parameters: dict[str, Any] = {"ResourceArn": ARN, "ExpectedRevisionId": "7"}
    if operation == "PutResourcePolicy":
        parameters["Policy"] = json.dumps(policy("dynamodb:PutItem"))
    error = refused(engine, operation, **parameters)
    assert (error.code, error.message) == (
        "PolicyNotFoundException",
        (
            f"{NOT_FOUND}Requested update for policy with revision id 7, but table demandTable has "
            "no associated policy."
        ),
    )
    revision = put(engine, policy())
    error = refused(engine, operation, **parameters)
    assert (error.code, error.message) == (
        "PolicyNotFoundException",
        (
            f"{NOT_FOUND}Requested update for policy with revision id 7, but the policy associated "
            f"to target table demandTable has revision id {revision}."
        ),
    )
    assert engine.ask("GetResourcePolicy", ResourceArn=ARN)["RevisionId"] == revision
    engine.ask(operation, **parameters | {"ExpectedRevisionId": revision})


@pytest.mark.aws(
    "NO_POLICY expects that there is none",
    source=PUT,
    service="dynamodb",
)
def test_no_policy_expects_none() -> None:
    engine = Engine()
    revision = put(engine, policy(), ExpectedRevisionId="NO_POLICY")
    error = refused(
        engine,
        "PutResourcePolicy",
        ResourceArn=ARN,
        Policy=json.dumps(policy()),
        ExpectedRevisionId="NO_POLICY",
    )
    assert (error.code, error.message) == (
        "PolicyNotFoundException",
        (
            f"{NOT_FOUND}Requested policy update expecting none to be present for table demandTable, "
            f"but a policy exists with revision id {revision}."
        ),
    )


@pytest.mark.aws(
    "Deleting a policy that is not there is no error, and answers an empty revision",
    source=DELETE,
    service="dynamodb",
)
@pytest.mark.aws(
    "A table whose policy was deleted has none to be read.",
    source="https://github.com/paritysuite/dynamodb-conformance/blob/main/tests/tier2/resourcePolicy/basic.test.ts",
    service="dynamodb",
)
def test_a_policy_is_taken_away_once() -> None:
    engine = Engine()
    revision = put(engine, policy())
    assert engine.ask("DeleteResourcePolicy", ResourceArn=ARN) == {"RevisionId": revision}
    assert engine.ask("DeleteResourcePolicy", ResourceArn=ARN) == {"RevisionId": ""}
    error = refused(engine, "GetResourcePolicy", ResourceArn=ARN)
    assert (error.code, error.message) == ("PolicyNotFoundException", NOT_FOUND + ARN)


def test_a_table_and_its_stream_have_policies_of_their_own() -> None:
    engine = Engine()
    stream_arn = engine.call("DescribeTable")["Table"]["LatestStreamArn"]
    put(engine, policy(Resource=stream_arn), stream_arn)
    assert refused(engine, "GetResourcePolicy", ResourceArn=ARN).code == "PolicyNotFoundException"
    put(engine, policy())
    engine.ask("DeleteResourcePolicy", ResourceArn=stream_arn)
    assert engine.ask("GetResourcePolicy", ResourceArn=ARN)["RevisionId"]


def test_a_table_is_made_with_a_policy_and_takes_it_along() -> None:
    """Another table of that name has none."""
    engine = Engine(TABLE | {"ResourcePolicy": json.dumps(policy())})
    assert engine.ask("GetResourcePolicy", ResourceArn=ARN)["RevisionId"]
    engine.call("DeleteTable")
    error = refused(engine, "GetResourcePolicy", ResourceArn=ARN)
    assert error.message == "Requested resource not found: Table: demandTable not found"
    engine.ask("CreateTable", **TABLE)
    assert refused(engine, "GetResourcePolicy", ResourceArn=ARN).code == "PolicyNotFoundException"


def test_a_table_with_a_faulty_policy_is_not_made() -> None:
    engine = Engine()
    engine.call("DeleteTable")
    refused(engine, "CreateTable", **TABLE, ResourcePolicy="{")
    assert engine.ask("ListTables") == {"TableNames": []}


@pytest.mark.parametrize(
    ("arn", "code", "message"),
    [
        (
            "demandTable",
            "ValidationException",
            f"{INVALID}ARNs must start with 'arn:': demandTable",
        ),
        (
            f"{ARN}2",
            "ResourceNotFoundException",
            "Requested resource not found: Table: demandTable2 not found",
        ),
        (
            f"{ARN}/stream/2000-01-01T00:00:00.000",
            "ResourceNotFoundException",
            (
                "Requested resource not found: Stream: 2000-01-01T00:00:00.000 not found for "
                "Table: demandTable"
            ),
        ),
        (
            ARN.replace("us-east-1", "eu-west-1"),
            "ValidationException",
            f"{INVALID}Invalid resource Arn: {ARN.replace('us-east-1', 'eu-west-1')}",
        ),
        (
            ARN.replace("123456789012", "210987654321"),
            "ValidationException",
            "This action is only supported by accounts that match the resource owner\u2019s account.",
        ),
        (
            f"{ARN}/index/byVerdict",
            "ValidationException",
            (
                f"{INVALID}Invalid resource arn provided, only table or stream is accepted. "
                f"Provided resource arn: {ARN}/index/byVerdict"
            ),
        ),
        (
            f"{ARN}/backup/0170",
            "ValidationException",
            f"{INVALID}Provided Arn is not a DynamoDB resource arn: {ARN}/backup/0170",
        ),
        (
            "arn:aws:sqs:us-east-1:123456789012:q",
            "ValidationException",
            (
                f"{INVALID}Provided Arn is not a DynamoDB resource arn: "
                "arn:aws:sqs:us-east-1:123456789012:q"
            ),
        ),
    ],
)
def test_what_is_no_table_and_no_stream_has_no_policy(arn: str, code: str, message: str) -> None:
    for operation in ("GetResourcePolicy", "DeleteResourcePolicy"):
        error = refused(Engine(), operation, ResourceArn=arn)
        assert (error.code, error.message) == (code, message)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{not json", f"{INVALID}Invalid policy document: This policy contains invalid Json"),
        ("", f"{INVALID}Invalid policy document: This policy contains invalid Json"),
        ("null", f"{INVALID}Invalid policy document: This text appears not to be a policy"),
        (
            {"Version": "2012-10-17", "Statement": []},
            f"{INVALID}Invalid policy document: Could not parse the policy: Statement is empty!",
        ),
        (
            {"Version": "2012-10-17", "Statement": [{}]},
            f"{INVALID}Invalid policy document: Missing required field Effect",
        ),
        (
            {"Statement": policy(Sid="a")["Statement"] * 2},
            f"{INVALID}Invalid policy document: The Statement Ids in the policy are not unique",
        ),
        (
            policy(Principal="*"),
            (
                "Resource-based policy grants unbounded access in one or more elements. Please "
                "revise the policy to ensure least-privilege form of access"
            ),
        ),
        (
            policy(Principal={"AWS": "*"}),
            (
                "Resource-based policy grants unbounded access in one or more elements. Please "
                "revise the policy to ensure least-privilege form of access"
            ),
        ),
    ],
)
def test_a_faulty_policy_leaves_the_one_that_is_there(document: Any, message: str) -> None:
    engine = Engine()
    revision = put(engine, policy())
    text = document if isinstance(document, str) else json.dumps(document)
    error = refused(engine, "PutResourcePolicy", ResourceArn=ARN, Policy=text)
    assert (error.code, error.message) == ("ValidationException", message)
    assert engine.ask("GetResourcePolicy", ResourceArn=ARN)["RevisionId"] == revision


@pytest.mark.aws(
    "A policy has at most 20 KB, its spaces counted",
    source=PUT,
    service="dynamodb",
)
def test_a_policy_has_at_most_twenty_kilobytes() -> None:
    engine = Engine()
    text = json.dumps(policy())
    put(engine, text + " " * (20_480 - len(text)))
    error = refused(
        engine, "PutResourcePolicy", ResourceArn=ARN, Policy=text + " " * (20_481 - len(text))
    )
    assert error.message == f"{INVALID}Maximum policy size of 20480 bytes exceeded"


def test_everybody_can_be_denied() -> None:
    put(Engine(), policy(Principal="*", Effect="Deny"))
