"""Asking both sides of Lambda for a mapping, and putting their answers in one form."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from harness.tests.differential.known import divergence
from harness.tests.differential.lambdapeers import LambdaPeers
from harness.tests.differential.peers import Answer, Exchange, Pair, Peers

API = "https://docs.aws.amazon.com/lambda/latest/api/API_"
RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/lambda_/"
    "event_source_mapping/"
)
RECORDED_API = RECORDED.replace("event_source_mapping/", "test_lambda_api.snapshot.json")
STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/scores"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:"
QUEUE = "arn:aws:sqs:us-east-1:123456789012:"
MOMENT = 1_767_603_600.0
"""At which each stream is begun that is begun at a moment."""

UNKNOWN = "00000000-0000-4000-8000-000000000000"
TABLE = "the table's change stream"
"""Stands for an ARN that each side has its own of."""

DEFAULTS: dict[str, Any] = {
    "MaximumBatchingWindowInSeconds": 0,
    "FunctionResponseTypes": [],
    "ParallelizationFactor": 1,
    "BisectBatchOnFunctionError": False,
    "TumblingWindowInSeconds": 0,
    "MaximumRecordAgeInSeconds": -1,
    "MaximumRetryAttempts": -1,
    "DestinationConfig": {"OnFailure": {}},
    "LastProcessingResult": "No records processed",
}
"""What AWS tells of a mapping on a stream of which nobody said it."""

_DEFAULTS_OF_QUEUES = ("MaximumBatchingWindowInSeconds", "FunctionResponseTypes")
USER_INITIATED = "User initiated"
TRANSITION = 5
"""After how many seconds ours gets into another state, of which only AWS says when it did."""

AT_REST = {"Creating": "Enabled", "Enabling": "Enabled", "Disabling": "Disabled"}

Call = dict[str, Any]
"""The parameters of a call."""

Texts = Callable[[Call], Iterable[str]]
"""With which texts a call may be refused for one thing that is wrong with it: mostly none."""

Explains = Callable[[Exchange], bool]
Shows = Callable[[Peers], Exchange]
Described = dict[str, Any]


def told(theirs: str, ours: str, aws: str, source: str, right: str = "ours") -> Any:
    """Return the mark of a divergence; *source* is an operation's page, or an address."""
    page = source if source.startswith("https:") else f"{API}{source}.html"
    return divergence(
        service="lambda", theirs=theirs, ours=ours, aws=aws, source=page, right=right
    )


def described(answer: Answer) -> list[Described]:
    """Return the mappings that an answer describes: a list of them, or one."""
    output = answer.output
    if "EventSourceMappings" in output:
        found: list[Described] = output["EventSourceMappings"]
        return found
    return [output] if "EventSourceArn" in output else []


def settled(exchange: Exchange, table_stream: Pair) -> Exchange:
    """Return *exchange* with what moto never tells put in one form, and with moments compared.

    The divergences "what was not said of a mapping", "a change takes a while", "why a mapping is in
    its state" and "when a mapping got into its state" tell of it; what remains is compared.
    """
    both = (described(exchange.ours), described(exchange.theirs))
    theirs_by_source = {_identity(each, table_stream.theirs): each for each in both[1]}
    for mapping in both[0]:
        other = theirs_by_source.get(_identity(mapping, table_stream.ours))
        if other is not None:
            _align(mapping, other)
    for answer, arn in zip((exchange.ours, exchange.theirs), _arns(table_stream), strict=True):
        for mapping in described(answer):
            _neutralise(mapping, arn)
        if "EventSourceMappings" in answer.output:
            answer.output["EventSourceMappings"].sort(key=_order)
    return exchange


def _arns(table_stream: Pair) -> tuple[str, str]:
    return table_stream.ours, table_stream.theirs


def _identity(mapping: Described, table_arn: str) -> tuple[str, str]:
    arn = mapping["EventSourceArn"]
    return (TABLE if arn == table_arn else arn), mapping["FunctionArn"]


def _order(mapping: Described) -> tuple[str, str]:
    return mapping["EventSourceArn"], mapping["FunctionArn"]


def defaults(mapping: Described) -> dict[str, Any]:
    """Return what AWS tells of a mapping on such a source of which nobody said it."""
    if not _is_on_a_queue(mapping):
        return DEFAULTS
    return {name: DEFAULTS[name] for name in _DEFAULTS_OF_QUEUES}


def reason(mapping: Described) -> str:
    """Return why a mapping on such a source is in a state that somebody wanted."""
    return "USER_INITIATED" if _is_on_a_queue(mapping) else "User action"


def _is_on_a_queue(mapping: Described) -> bool:
    return ":sqs:" in mapping["EventSourceArn"]


def _align(ours: Described, theirs: Described) -> None:
    for name, value in defaults(ours).items():
        if name not in theirs and ours.get(name) == value:
            del ours[name]
    if theirs["State"] in {"Enabled", "Disabled"}:
        rest = theirs["State"] if ours["State"] == "Updating" else ours["State"]
        ours["State"] = AT_REST.get(ours["State"], rest)
    later = (ours["LastModified"] - theirs["LastModified"]).total_seconds()
    if 0 <= later <= TRANSITION:
        ours["LastModified"] = theirs["LastModified"]
    if ours["StateTransitionReason"] == reason(ours) and (
        theirs["StateTransitionReason"] == USER_INITIATED
    ):
        ours["StateTransitionReason"] = USER_INITIATED


def _neutralise(mapping: Described, table_arn: str) -> None:
    if mapping["EventSourceArn"] == table_arn:
        mapping["EventSourceArn"] = TABLE
    uuid = mapping["UUID"]
    mapping["EventSourceMappingArn"] = mapping["EventSourceMappingArn"].replace(uuid, "the UUID")
    for name, value in mapping.items():
        if isinstance(value, datetime):
            mapping[name] = value.timestamp()


def given(peers: Peers, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return *parameters* with the ARN of the table's change stream, for either side."""
    assert isinstance(peers, LambdaPeers), "mappings need what it makes"
    return {
        name: peers.table_stream if value == TABLE else value
        for name, value in parameters.items()
        if value is not None
    }


def asked(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    """Make a call, and settle the answers."""
    assert isinstance(peers, LambdaPeers), "mappings need what it makes"
    return settled(peers.call("lambda", operation, **given(peers, parameters)), peers.table_stream)


def call(operation: str, **parameters: Any) -> Shows:
    """Return what makes one call."""
    return lambda peers: asked(peers, operation, **parameters)


def creation(**changes: Any) -> Shows:
    """Return what creates a mapping from the queue ``reports``, unless *changes* say otherwise."""
    return call("CreateEventSourceMapping", **queue_mapping(**changes))


def stream_creation(**changes: Any) -> Shows:
    """Return what creates a mapping from the stream, unless *changes* say otherwise."""
    return call("CreateEventSourceMapping", **stream_mapping(**changes))


def queue_mapping(**changes: Any) -> dict[str, Any]:
    """Return what creates a mapping from a queue."""
    return {"FunctionName": "worker", "EventSourceArn": f"{QUEUE}reports", **changes}


def stream_mapping(**changes: Any) -> dict[str, Any]:
    """Return what creates a mapping from a stream."""
    return {
        "FunctionName": "worker",
        "EventSourceArn": STREAM,
        "StartingPosition": "TRIM_HORIZON",
        **changes,
    }


def created(peers: Peers, **parameters: Any) -> Pair:
    """Create a mapping; return its UUIDs."""
    exchange = peers.call("lambda", "CreateEventSourceMapping", **given(peers, parameters))
    return Pair(exchange.ours.output["UUID"], exchange.theirs.output["UUID"])


def takes(code: str, told: Texts, operation: str = "") -> Explains:
    """Return whether ours refuses with *code* and a text that *told* has of the call, theirs not."""
    return lambda exchange: refuses(exchange, code, told, operation) and exchange.theirs.is_ok


def answers(code: str, told: Texts, other: str, text: Callable[[Call], str]) -> Explains:
    """Return whether ours refuses so, and theirs with the code *other* and the *text* of the call."""
    return lambda exchange: (
        refuses(exchange, code, told)
        and (exchange.theirs.code, exchange.theirs.message) == (other, text(exchange.parameters))
    )


def refuses(exchange: Exchange, code: str, told: Texts, operation: str = "") -> bool:
    """Return whether ours refuses with *code* and a text that *told* has of the call."""
    return (
        exchange.operation == (operation or exchange.operation)
        and exchange.ours.code == code
        and exchange.ours.message in told(exchange.parameters)
    )


def pairs(exchange: Exchange) -> Iterator[tuple[Described | None, Described | None]]:
    """Yield the mappings that differ; on one side without its pair, None."""
    ours, theirs = (
        {_order(mapping): mapping for mapping in described(answer)}
        for answer in (exchange.ours, exchange.theirs)
    )
    for identity in sorted(ours.keys() | theirs.keys()):
        left, right = ours.get(identity), theirs.get(identity)
        if left is None or right is None or changes(left, right):
            yield left, right


def changes(ours: Described, theirs: Described) -> set[str]:
    """Return the names of the members that differ, but for the UUID, which always does."""
    names = (ours.keys() | theirs.keys()) - {"UUID"}
    return {name for name in names if ours.get(name) != theirs.get(name)}
