"""Filter criteria: every operator of the grammar, and what AWS refuses."""

import json
from typing import Any

import pytest

from harness.mappings.eventpayloads.dynamodb import dynamodb_stream_kind
from harness.mappings.eventpayloads.kinesis import kinesis_stream_kind
from harness.mappings.eventpayloads.sqs import filter_view
from harness.mappings.filtering import compile_filters
from harness.services.base.errors import ServiceError
from harness.tests.mappings.fakesources import START, STREAM_ARN, Record, StreamRecord

GUIDE = "https://docs.aws.amazon.com/lambda/latest/dg/"
GUIDE_ON_GITHUB = "https://github.com/awsdocs/aws-lambda-developer-guide/blob/main/doc_source/"
TTL = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html"

KINESIS = kinesis_stream_kind(stream_arn=STREAM_ARN, region="us-east-1", invoke_identity_arn="r")
DYNAMODB = dynamodb_stream_kind(
    stream_arn=STREAM_ARN, region="us-east-1", view_type="NEW_AND_OLD_IMAGES"
)


def passes_data(data: Any, pattern: Any) -> bool:
    """Whether a Kinesis record with *data* passes a pattern for its data."""
    return passes_record(json.dumps(data).encode(), {"data": pattern})


def passes_record(data: bytes, *patterns: Any) -> bool:
    test = compile_filters([json.dumps(pattern) for pattern in patterns], "kinesis")
    assert test is not None
    return test(KINESIS.filter_view(Record("7", "member-1", data, START), "shardId-000000000000"))


def passes_item(pattern: Any, **fields: Any) -> bool:
    test = compile_filters([json.dumps(pattern)], "dynamodb")
    assert test is not None
    keys = {"id": {"S": "x"}}
    record = StreamRecord("1", keys, START, **fields)
    return test(DYNAMODB.filter_view(record, "shard"))


def passes_message(body: str, pattern: Any) -> bool:
    test = compile_filters([json.dumps(pattern)], "sqs")
    assert test is not None
    return test(filter_view({"messageId": "m", "body": body, "attributes": {}}))


def test_without_filters_there_is_nothing_to_pass() -> None:
    """A mapping without FilterCriteria does not look into its records."""
    assert compile_filters([], "kinesis") is None


@pytest.mark.aws(
    "A leaf of a filter is an array of values and of comparisons: null, prefix, suffix, anything-but, numeric, exists, equals-ignore-case.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    ("data", "leaf", "expected"),
    [
        ({"a": "x"}, ["x"], True),
        ({"a": "X"}, ["x"], False),
        ({"a": "x"}, ["y", "x"], True),
        ({"a": None}, [None], True),
        ({"a": ""}, [None], False),
        ({}, [None], False),
        ({"a": ""}, [""], True),
        ({}, [""], False),
        ({"a": True}, [True], True),
        ({"a": "true"}, [True], False),
        ({"a": 1}, [True], False),
        ({"a": 300}, [300], True),
        ({"a": 300.0}, [300], False),
        ({"a": "300"}, [300], False),
        ({"a": ["y", "x"]}, ["x"], True),
        ({"a": ["y"]}, ["x"], False),
        ({"a": {"b": 1}}, ["x"], False),
        ({"a": "prefixed"}, [{"prefix": "pre"}], True),
        ({"a": "xpre"}, [{"prefix": "pre"}], False),
        ({}, [{"prefix": ""}], False),
        ({"a": "x.csv"}, [{"suffix": ".csv"}], True),
        ({"a": "x.txt"}, [{"suffix": ".csv"}], False),
        ({"a": "ALICE"}, [{"equals-ignore-case": "alice"}], True),
        ({"a": 5}, [{"equals-ignore-case": "5"}], False),
        ({"a": "x"}, [{"anything-but": "y"}], True),
        ({"a": "y"}, [{"anything-but": "y"}], False),
        ({"a": 5}, [{"anything-but": [4, 5]}], False),
        ({"a": 6}, [{"anything-but": [4, 5]}], True),
        ({"a": "y1"}, [{"anything-but": {"prefix": "y"}}], False),
        ({"a": "x1"}, [{"anything-but": {"prefix": "y"}}], True),
        ({}, [{"anything-but": "y"}], False),
        ({"a": "x1"}, [{"anything-but": {"prefix": ["y", "x"]}}], False),
        ({"a": "a.csv"}, [{"anything-but": {"suffix": ".csv"}}], False),
        ({"a": "a.txt"}, [{"anything-but": {"suffix": ".csv"}}], True),
        ({"a": "YES"}, [{"anything-but": {"equals-ignore-case": ["no", "yes"]}}], False),
        ({"a": "maybe"}, [{"anything-but": {"equals-ignore-case": ["no", "yes"]}}], True),
        ({"a": "/opt/lib/x"}, [{"anything-but": {"wildcard": "*/lib/*"}}], False),
        ({"a": "/opt/bin/x"}, [{"anything-but": {"wildcard": "*/lib/*"}}], True),
        ({"a": 5}, [{"anything-but": {"prefix": "5"}}], True),
        ({"a": ["y", "x"]}, [{"anything-but": "y"}], True),
        ({"a": ["y"]}, [{"anything-but": "y"}], False),
        ({"a": "EventBridge"}, [{"prefix": {"equals-ignore-case": "EVENTB"}}], True),
        ({"a": "xEventBridge"}, [{"prefix": {"equals-ignore-case": "EVENTB"}}], False),
        ({"a": "EventBridge"}, [{"suffix": {"equals-ignore-case": "TBRIDGE"}}], True),
        ({"a": "EventBridges"}, [{"suffix": {"equals-ignore-case": "TBRIDGE"}}], False),
        ({"a": "scores-2026.csv"}, [{"wildcard": "scores-*.csv"}], True),
        ({"a": "scores-.csv"}, [{"wildcard": "scores-*.csv"}], True),
        ({"a": "scores-2026.csv.gz"}, [{"wildcard": "scores-*.csv"}], False),
        ({"a": "scores-2026Xcsv"}, [{"wildcard": "scores-*.csv"}], False),
        ({"a": "5*6"}, [{"wildcard": "5\\*6"}], True),
        ({"a": "506"}, [{"wildcard": "5\\*6"}], False),
        ({"a": "a\\b"}, [{"wildcard": "a\\\\*"}], True),
        ({"a": "a\nb"}, [{"wildcard": "a*b"}], True),
        ({"a": 5}, [{"wildcard": "*"}], False),
        ({"a": "10.0.0.7"}, [{"cidr": "10.0.0.0/24"}], True),
        ({"a": "10.0.1.7"}, [{"cidr": "10.0.0.0/24"}], False),
        ({"a": "2001:db8::7"}, [{"cidr": "2001:db8::/64"}], True),
        ({"a": "no address"}, [{"cidr": "10.0.0.0/24"}], False),
        ({"a": 5}, [{"numeric": ["=", 5]}], True),
        ({"a": 5.0}, [{"numeric": ["=", 5]}], True),
        ({"a": 5}, [{"numeric": [">", 5]}], False),
        ({"a": 5}, [{"numeric": [">=", 5]}], True),
        ({"a": 5}, [{"numeric": ["<", 5]}], False),
        ({"a": 5}, [{"numeric": ["<=", 5]}], True),
        ({"a": 5}, [{"numeric": [">", 0, "<=", 5]}], True),
        ({"a": 0}, [{"numeric": [">", 0, "<=", 5]}], False),
        ({"a": "5"}, [{"numeric": ["=", 5]}], False),
        ({"a": 1}, [{"exists": True}], True),
        ({"a": None}, [{"exists": True}], True),
        ({}, [{"exists": True}], False),
        ({}, [{"exists": False}], True),
        ({"a": 1}, [{"exists": False}], False),
        ({"a": {"b": 1}}, [{"exists": True}], False),
        ({"a": {"b": 1}}, [{"exists": False}], True),
    ],
)
def test_a_leaf_matches_as_the_grammar_says(data: Any, leaf: Any, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """Every matcher, for values that match, that do not, and that are not there."""
    assert passes_data(data, {"a": leaf}) is expected


@pytest.mark.aws(
    "Numbers are compared by their string representation: 300, 300.0 and 3.0e2 are not equal.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html",
    service="eventsourcemapping",
)
def test_numbers_are_compared_by_their_literal_text() -> None:
    """300, 300.0 and 3.0e2 are three different patterns."""
    for literal in ("300", "300.0", "3.0e2"):
        test = compile_filters(['{"data":{"a":[' + literal + "]}}"], "kinesis")
        assert test is not None
        for other in ("300", "300.0", "3.0e2"):
            record = Record("1", "k", b'{"a":' + other.encode() + b"}", START)
            assert test(KINESIS.filter_view(record, "s")) is (literal == other)


@pytest.mark.aws(
    "A record that satisfies any one of several filters is processed; within a pattern all keys must match.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html",
    service="eventsourcemapping",
)
def test_keys_are_anded_and_filters_are_ored() -> None:
    """A record passes if any filter matches in all its keys."""
    both = {"data": {"a": ["1"], "b": ["2"]}}
    other = {"data": {"c": ["3"]}}

    assert passes_record(b'{"a":"1","b":"2"}', both)
    assert not passes_record(b'{"a":"1"}', both)
    assert passes_record(b'{"c":"3"}', both, other)


@pytest.mark.aws(
    "$or matches if any one of its patterns does.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html",
    service="eventsourcemapping",
)
def test_alternatives_need_one_to_match_beside_the_other_keys() -> None:
    """$or holds whole patterns."""
    pattern = {"a": ["1"], "$or": [{"b": ["2"]}, {"c": [{"numeric": [">", 3]}]}]}

    assert passes_data({"a": "1", "b": "2"}, pattern)
    assert passes_data({"a": "1", "c": 4}, pattern)
    assert not passes_data({"a": "1", "c": 3}, pattern)
    assert not passes_data({"b": "2"}, pattern)


@pytest.mark.aws(
    "Of a key that a pattern has twice only the last value is used.",
    source=f"{GUIDE_ON_GITHUB}invocation-eventfiltering.md",
    service="eventsourcemapping",
)
def test_a_duplicated_key_means_its_last_value() -> None:
    """As JSON readers do."""
    test = compile_filters(['{"data":{"a":["1"],"a":["2"]}}'], "kinesis")

    assert test is not None
    assert test(KINESIS.filter_view(Record("1", "k", b'{"a":"2"}', START), "s"))
    assert not test(KINESIS.filter_view(Record("1", "k", b'{"a":"1"}', START), "s"))


@pytest.mark.aws(
    "A Kinesis record's metadata is filtered at the root of the pattern, its decoded body under data.",
    source=f"{GUIDE_ON_GITHUB}invocation-eventfiltering.md",
    service="eventsourcemapping",
)
def test_metadata_of_a_kinesis_record_is_at_the_root_of_the_pattern() -> None:
    """The fields inside ``kinesis`` and those around it."""
    assert passes_record(
        b"no json", {"partitionKey": ["member-1"], "eventSource": ["aws:kinesis"]}
    )
    assert not passes_record(b"no json", {"partitionKey": ["member-2"]})


@pytest.mark.aws(
    "A Kinesis record whose data is no JSON is dropped by a filter for data.",
    source=f"{GUIDE_ON_GITHUB}invocation-eventfiltering.md",
    service="eventsourcemapping",
)
def test_data_that_is_no_json_never_matches_a_pattern_for_data() -> None:
    """Not even one that asks for a key to be absent."""
    for data in (b"no json", b"[1]", b"7", b'{"a":NaN}', b"\xff", b'{"a":' * 100_000):
        assert not passes_record(data, {"data": {"a": [{"exists": False}]}})
    assert passes_record(b"{}", {"data": {"a": [{"exists": False}]}})


@pytest.mark.aws(
    "A table's attributes are filtered in DynamoDB JSON: with their type, numbers as strings.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_dynamodbstreams.snapshot.json",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"eventName": ["INSERT"]}, True),
        ({"eventName": ["REMOVE"]}, False),
        ({"dynamodb": {"NewImage": {"id": {"S": ["x"]}}}}, True),
        ({"dynamodb": {"NewImage": {"id": ["x"]}}}, False),
        ({"dynamodb": {"NewImage": {"n": {"N": [{"numeric": [">", 1]}]}}}}, False),
        ({"dynamodb": {"NewImage": {"n": {"N": ["5"]}}}}, True),
        ({"dynamodb": {"NewImage": {"id": [{"exists": False}]}}}, True),
        ({"dynamodb": {"NewImage": {"id": {"S": [{"exists": True}]}}}}, True),
        ({"dynamodb": {"NewImage": {"z": {"S": [{"exists": True}]}}}}, False),
        ({"dynamodb": {"ApproximateCreationDateTime": [{"numeric": [">", 0]}]}}, True),
        ({"dynamodb": {"NewImage": {"blob": {"B": ["aGk="]}}}}, True),
        ({"dynamodb": {"NewImage": {"words": {"SS": ["b"]}}}}, True),
        ({"dynamodb": {"Keys": {"id": {"S": [{"prefix": "x"}]}}}}, True),
    ],
)
def test_a_table_record_is_matched_by_its_typed_attributes(pattern: Any, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """As validated against AWS; N values are strings, so numeric never matches them."""
    image = {
        "id": {"S": "x"}, "n": {"N": "5"}, "blob": {"B": b"hi"}, "words": {"SS": ["a", "b"]},
    }  # fmt: skip
    assert passes_item(pattern, new_image=image) is expected


@pytest.mark.aws(
    "Exists only works on leaf nodes: that a table's item has a list of texts is asked of L and S.",
    source=f"{GUIDE}with-ddb-filtering.html",
    service="eventsourcemapping",
)
def test_a_list_of_a_table_exists_by_its_elements() -> None:
    """Asked of the attribute itself the pattern never matches."""
    image = {"Organizations": {"L": [{"S": "Sales"}, {"S": "Marketing"}]}}
    of_itself = {"dynamodb": {"NewImage": {"Organizations": [{"exists": True}]}}}
    of_a_leaf = {"dynamodb": {"NewImage": {"Organizations": {"L": {"S": [{"exists": True}]}}}}}

    assert not passes_item(of_itself, new_image=image)
    assert passes_item(of_a_leaf, new_image=image)
    assert not passes_item(of_a_leaf, new_image={"id": {"S": "x"}})


@pytest.mark.aws(
    "Filter on userIdentity type Service and principalId dynamodb.amazonaws.com for time to live",
    source=TTL,
    service="eventsourcemapping",
)
def test_deletes_by_time_to_live_can_be_told_apart() -> None:
    """By the service's identity, in the event's spelling."""
    pattern = {"userIdentity": {"type": ["Service"], "principalId": ["dynamodb.amazonaws.com"]}}
    identity = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}

    assert passes_item(pattern, event_name="REMOVE", user_identity=identity)
    assert not passes_item(pattern, event_name="REMOVE")


@pytest.mark.aws(
    "What a filter for body does depends on whether the body and the pattern are JSON.",
    source=f"{GUIDE}with-sqs-filtering.html",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    ("body", "pattern", "expected"),
    [
        ('{"a":"x"}', {"body": {"a": ["x"]}}, True),
        ('{"a":"x"}', {"body": {"a": ["y"]}}, False),
        ('{"a":"x"}', {"messageId": ["m"]}, True),
        ('{"a":"x"}', {"body": ['{"a":"x"}']}, False),
        ("text", {"body": {"a": [{"exists": False}]}}, False),
        ("text", {"messageId": ["m"]}, True),
        ("text", {"body": ["text"]}, True),
        ("text", {"body": ["other"]}, False),
    ],
)
def test_a_message_is_matched_by_the_form_of_its_body(
    body: str,
    pattern: Any,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    """Every row of the table of body formats."""
    assert passes_message(body, pattern) is expected


@pytest.mark.aws(
    "A pattern that is no valid one is refused: Invalid filter pattern definition.",
    source="https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_dynamodbstreams.snapshot.json",
    service="eventsourcemapping",
)
@pytest.mark.parametrize(
    "pattern",
    [
        "no json",
        "[]",
        "{}",
        '{"data":"x"}',
        '{"data":["x"]}',
        '{"data":{}}',
        '{"partitionKey":"x"}',
        '{"partitionKey":[]}',
        '{"partitionKey":[["x"]]}',
        '{"partitionKey":[{"unknown":"x"}]}',
        '{"partitionKey":[{"prefix":"x","suffix":"y"}]}',
        '{"partitionKey":[{"prefix":1}]}',
        '{"partitionKey":[{"exists":"yes"}]}',
        '{"partitionKey":[{"anything-but":[]}]}',
        '{"partitionKey":[{"anything-but":["x",1]}]}',
        '{"partitionKey":[{"anything-but":null}]}',
        '{"partitionKey":[{"anything-but":[true]}]}',
        '{"partitionKey":[{"anything-but":{"numeric":[">",1]}}]}',
        '{"partitionKey":[{"anything-but":{"prefix":[]}}]}',
        '{"partitionKey":[{"anything-but":{"prefix":"x","suffix":"y"}}]}',
        '{"partitionKey":[{"prefix":{"wildcard":"x"}}]}',
        '{"partitionKey":[{"suffix":{"equals-ignore-case":1}}]}',
        '{"partitionKey":[{"equals-ignore-case":["x"]}]}',
        '{"partitionKey":[{"wildcard":"a**b"}]}',
        r'{"partitionKey":[{"wildcard":"a\\b"}]}',
        r'{"partitionKey":[{"wildcard":"a\\"}]}',
        '{"partitionKey":[{"wildcard":1}]}',
        '{"partitionKey":[{"cidr":"10.0.0.0/33"}]}',
        '{"partitionKey":[{"numeric":[">",1,"<"]}]}',
        '{"partitionKey":[{"numeric":["<",5,">",1]}]}',
        '{"partitionKey":[{"numeric":[">",5,"<",1]}]}',
        '{"partitionKey":[{"numeric":["=",5,"<",9]}]}',
        '{"partitionKey":[{"numeric":[[],1]}]}',
        '{"partitionKey":[NaN]}',
        '{"partitionKey":[{}]}',
        '{"$or":[{"partitionKey":["x"]}]}',
        '{"$or":[{"partitionKey":["x"]},{}]}',
        '{"$or":[{"partitionKey":["x"]},{"prefix":["y"]}]}',
        '{"a":' * 100_000,
        '{"partitionKey":[{"numeric":[">"]}]}',
        '{"partitionKey":[{"numeric":["~",1]}]}',
        '{"partitionKey":[{"numeric":[">","1"]}]}',
        '{"partitionKey":[{"numeric":[">",5000000001]}]}',
        '{"$or":{}}',
        '{"$or":[]}',
    ],
)
def test_a_bad_pattern_is_refused_in_the_words_of_aws(pattern: str) -> None:
    """Unknown operators, leaves that are no array, and what is no JSON."""
    with pytest.raises(
        ServiceError,
        match=r"^InvalidParameterValueException: Invalid filter pattern definition\.$",
    ):
        compile_filters([pattern], "kinesis")


def test_a_pattern_that_is_too_long_is_refused() -> None:
    """As a deployment would: the API does not let it come this far."""
    with pytest.raises(ServiceError, match=r"Invalid filter pattern definition\.$"):
        compile_filters(['{"partitionKey":["' + "x" * 4096 + '"]}'], "kinesis")


def test_too_many_combinations_of_alternatives_are_refused() -> None:
    """Their product may be 1000 at most."""
    alternatives = [{"a": [str(number)]} for number in range(32)]
    pattern = {"data": {"$or": alternatives, "b": {"$or": alternatives}}}

    with pytest.raises(ServiceError):
        compile_filters([json.dumps(pattern)], "kinesis")
