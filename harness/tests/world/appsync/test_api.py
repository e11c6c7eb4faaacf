"""A GraphQL query in, resolver events out, AppSync's answer back."""

from typing import Any

import pytest

from harness.errors import ScenarioError, UnsupportedError
from harness.runtime.outcome import Outcome
from harness.world.appsync.api import Api
from harness.world.topology import GraphqlApi, Resolver

SCHEMA = """
type Query {
  score(phone: AWSPhone, detail: AWSJSON): Score @aws_api_key
  campaign(id: ID!): Campaign!
}
type Mutation { rename(id: ID!, name: String!): Campaign }
type Score { value: Int, level: String, at: AWSDateTime, raw: AWSJSON }
type Campaign { id: ID! name: String owner: Owner members: [Member!] }
type Owner { name: String! }
type Member { id: ID! }
schema { query: Query mutation: Mutation }
"""
RESOLVERS = (
    Resolver("Query", "score", "scoreFunction"),
    Resolver("Query", "campaign", "campaignFunction"),
    Resolver("Campaign", "owner", "ownerFunction"),
)


class Functions:
    """Answers prepared by function name; remembers the events."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.events: list[Any] = []

    def __call__(self, function_name: str, event: Any) -> Outcome:
        """Answer at once."""
        self.events.append(event)
        answer = self.answers[function_name]
        if isinstance(answer, Outcome):
            return answer
        if isinstance(answer, BaseException):
            raise answer
        return Outcome("returned", "r-1", answer, 0)


def an_api(functions: Functions, schema: str = SCHEMA) -> Api:
    return Api(GraphqlApi("Api", "api", schema, RESOLVERS, "schema.graphql"), functions)


def test_a_resolver_gets_appsyncs_event() -> None:
    """The whole context of a direct Lambda resolver, and nothing else."""
    functions = Functions(scoreFunction={"value": 7, "level": "low", "extra": 1})

    answer = an_api(functions).query(
        "query Q($p: AWSPhone) { score(phone: $p) { value kind: level } }",
        {"p": "+15551234567"},
        {"X-Correlation-Id": "c-1"},
    )

    assert answer == {"data": {"score": {"value": 7, "kind": "low"}}}
    assert functions.events == [
        {
            "arguments": {"phone": "+15551234567"},
            "identity": None,
            "source": None,
            "request": {
                "headers": {
                    "content-type": "application/json",
                    "x-api-key": "da2-api",
                    "x-correlation-id": "c-1",
                },
                "domainName": None,
            },
            "prev": None,
            "info": {
                "selectionSetList": ["value", "kind"],
                "selectionSetGraphQL": "{\n  value\n  kind: level\n}",
                "parentTypeName": "Query",
                "fieldName": "score",
                "variables": {"p": "+15551234567"},
            },
            "stash": {},
        }
    ]


def test_a_nested_resolver_gets_its_parent_as_source() -> None:
    """A resolver of a type that is no root answers for each parent."""
    functions = Functions(campaignFunction={"id": "c", "name": "n"}, ownerFunction={"name": "o"})

    answer = an_api(functions).query('{ campaign(id: "c") { name owner { name } } }')

    assert answer == {"data": {"campaign": {"name": "n", "owner": {"name": "o"}}}}
    assert functions.events[0]["info"]["selectionSetList"] == ["name", "owner", "owner/name"]
    assert functions.events[1]["source"] == {"id": "c", "name": "n"}
    assert functions.events[1]["info"]["parentTypeName"] == "Campaign"


def test_fragments_and_directives_shape_the_selection_list() -> None:
    """What a directive leaves out is not selected; a fragment's fields are."""
    functions = Functions(scoreFunction=None)
    query = """
      query ($no: Boolean!) { score { ...F ... on Score { at } raw @include(if: $no) } }
      fragment F on Score { value level @skip(if: true) }
    """

    assert an_api(functions).query(query, {"no": False}) == {"data": {"score": None}}
    assert functions.events[0]["info"]["selectionSetList"] == ["value", "at"]


def test_a_failed_function_is_an_error_of_its_field() -> None:
    """HTTP 200, data null, and Lambda's message with AppSync's error type."""
    failed = Outcome("failed", "r", {"errorType": "ValueError", "errorMessage": "boom"}, 0)

    answer = an_api(Functions(scoreFunction=failed)).query("{ score { value } }")

    assert answer == {
        "data": {"score": None},
        "errors": [
            {
                "path": ["score"],
                "data": None,
                "errorType": "Lambda:Unhandled",
                "errorInfo": None,
                "locations": [{"line": 1, "column": 3, "sourceName": None}],
                "message": "boom",
            }
        ],
    }


def test_a_throttled_function_has_its_own_error_type() -> None:
    """AppSync tells throttling from failure."""
    throttled = Outcome("throttled", "r", None, 0)

    answer = an_api(Functions(scoreFunction=throttled)).query("{ score { value } }")

    assert answer["errors"][0]["errorType"] == "Lambda:TooManyRequestsException"
    assert answer["errors"][0]["message"] == "Rate Exceeded."


def test_null_for_a_field_that_cannot_be_null_empties_its_parent() -> None:
    """The null travels up to the first parent that may be null, here the whole data."""
    answer = an_api(Functions(campaignFunction=None)).query('{ campaign(id: "c") { id } }')

    assert answer == {
        "data": None,
        "errors": [
            {
                "path": ["campaign"],
                "locations": None,
                "message": "Cannot return null for non-nullable type: 'Campaign' "
                "within parent 'Query' (/campaign)",
            }
        ],
    }


def test_a_value_that_its_scalar_refuses_is_an_error() -> None:
    """AppSync checks what a function returns against its own scalars."""
    functions = Functions(scoreFunction={"at": "yesterday", "value": 1})

    answer = an_api(functions).query("{ score { at value } }")

    assert answer == {
        "data": {"score": {"at": None, "value": 1}},
        "errors": [
            {
                "path": ["score", "at"],
                "locations": None,
                "message": "Can't serialize value (/score/at) : "
                "Unable to serialize `yesterday` as a valid DateTime Object.",
            }
        ],
    }


def test_awsjson_is_a_text_outside_and_a_value_inside() -> None:
    """A resolver sees what the JSON means, a caller sees JSON."""
    functions = Functions(scoreFunction={"raw": {"a": [1]}})

    answer = an_api(functions).query('{ score(detail: "{\\"k\\": 1}") { raw } }')

    assert functions.events[0]["arguments"] == {"detail": {"k": 1}}
    assert answer == {"data": {"score": {"raw": '{"a":[1]}'}}}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "{ scores { value } }",
            (
                "Validation error of type FieldUndefined: Cannot query field 'scores' on type "
                "'Query'. Did you mean 'score'?"
            ),
        ),
        (
            "{ campaign { id } }",
            (
                "Validation error of type MissingFieldArgument: Argument 'Query.campaign(id:)' of "
                "type 'ID!' is required, but it was not provided."
            ),
        ),
        (
            "{ score }",
            (
                "Validation error of type SubSelectionRequired: Field 'score' of type 'Score' must "
                "have a selection of subfields. Did you mean 'score { ... }'?"
            ),
        ),
    ],
)
def test_a_query_that_does_not_fit_the_schema_runs_nothing(query: str, message: str) -> None:
    """Validation comes before any resolver."""
    answer = an_api(Functions()).query(query)

    assert answer["data"] is None
    assert [error["message"] for error in answer["errors"]] == [message]
    assert set(answer["errors"][0]) == {"path", "locations", "message"}


def test_a_text_that_is_no_query_is_malformed() -> None:
    """AppSync says only that it could not parse it."""
    answer = an_api(Functions()).query("{ score(")

    assert answer["errors"][0]["errorType"] == "MalformedHttpRequestException"
    assert answer["errors"][0]["message"] == "Unable to parse GraphQL query."


def test_a_variable_of_the_wrong_type_is_refused() -> None:
    """Variables are checked before any resolver."""
    answer = an_api(Functions()).query(
        "query ($id: ID!) { campaign(id: $id) { id } }", {"id": None}
    )

    assert answer["data"] is None
    assert answer["errors"][0]["path"] is None


def test_an_error_of_the_harness_is_never_an_answer() -> None:
    """What we do not model stops the run, also within a resolver."""
    functions = Functions(scoreFunction=UnsupportedError("s3.Foo is not modelled"))

    with pytest.raises(UnsupportedError, match=r"^s3\.Foo is not modelled$"):
        an_api(functions).query("{ score { value } }")


def test_a_schema_with_an_unknown_type_is_an_error() -> None:
    """What its syntax does not show is found with the first query."""
    expected = r"^schema\.graphql:1:1: GraphQL schema: Unknown type 'Scor'"
    with pytest.raises(ScenarioError, match=expected):
        an_api(Functions(), "type Query { a: Scor }")
