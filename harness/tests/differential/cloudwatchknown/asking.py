"""Asking both sides for metrics and alarms, and putting their answers in one form."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from harness.kernel.instant import to_datetime
from harness.tests.differential.known import divergence
from harness.tests.differential.peers import START, Answer, Exchange, Peers

API = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_"
RECORDED = (
    "https://github.com/localstack/localstack/blob/master/tests/aws/services/cloudwatch/"
    "test_cloudwatch.snapshot.json"
)
CONCEPTS = (
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html"
)
NOW = to_datetime(START)
BY_SHOP = ("per shop", "per shop and day")
"""Metrics that are never put without dimensions: one of the first, two of the second."""

EMPTY = "empty"
"""A metric of which there are no values, though it was put."""

NOWHERE = "Others"
"""A namespace into which nothing is put."""

STATISTICS = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"]

Explains = Callable[[Exchange], bool]
Texts = Callable[[dict[str, Any]], Iterable[str]]
"""With which texts a call may be refused for one thing that is wrong with it: mostly none."""

Shows = Callable[[Peers], Exchange]


def minute(offset: float) -> datetime:
    """Return the moment so many minutes after the start."""
    return NOW + timedelta(minutes=offset)


def told(theirs: str, ours: str, aws: str, page: str, right: str = "ours") -> Any:
    """Return the mark of a divergence; *page* is an operation's or a type's, or an address."""
    source = page if page.startswith("https:") else f"{API}{page}.html"
    return divergence(
        service="cloudwatch", theirs=theirs, ours=ours, aws=aws, source=source, right=right
    )


def settled(exchange: Exchange) -> Exchange:
    """Return *exchange* with what AWS leaves open put in one form: orders, and kinds of moments."""
    for answer in (exchange.ours, exchange.theirs):
        _settle(answer)
    return exchange


def _settle(answer: Answer) -> None:
    output = answer.output
    for name in output:
        output[name] = _seconds(output[name])
    for name, order in _ORDERS.items():
        if name in output:
            output[name] = sorted(output[name], key=order)
    for metric in output.get("Metrics", ()):
        metric["Dimensions"] = sorted(metric["Dimensions"], key=str)
    if not output.get("Messages", True):
        del output["Messages"]
    for alarm in output.get("MetricAlarms", ()):
        alarm.pop("StateTransitionedTimestamp", None)
        if not alarm.get("Metrics", True):
            del alarm["Metrics"]


_ORDERS: dict[str, Callable[[Any], Any]] = {
    "Datapoints": lambda point: (point["Timestamp"], point.get("Unit", "")),
    "DashboardEntries": lambda entry: entry["DashboardName"],
    "MetricAlarms": lambda alarm: alarm["AlarmName"],
    "MetricDataResults": lambda result: result["Id"],
    "Metrics": lambda metric: (
        metric["Namespace"],
        metric["MetricName"],
        sorted((each["Name"], each["Value"]) for each in metric["Dimensions"]),
    ),
    "Tags": lambda tag: tag["Key"],
}
"""AWS says of none of these in which order they come; data points come in none."""


def _seconds(value: Any) -> Any:
    """Return *value* with its moments as seconds, so that they are compared."""
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, dict):
        return {name: _seconds(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_seconds(member) for member in value]
    return value


def asked(peers: Peers, operation: str, **parameters: Any) -> Exchange:
    """Make a call, and settle the answers."""
    return settled(peers.call("cloudwatch", operation, **parameters))


def call(operation: str, **parameters: Any) -> Shows:
    """Return what makes one call and no other."""
    return lambda peers: asked(peers, operation, **parameters)


def calls(*steps: tuple[str, dict[str, Any]]) -> Shows:
    """Return what makes several calls, the last of which shows something."""

    def shown(peers: Peers) -> Exchange:
        *before, (operation, parameters) = steps
        for earlier, given in before:
            peers.call("cloudwatch", earlier, **given)
        return asked(peers, operation, **parameters)

    return shown


def data(*datums: dict[str, Any], namespace: str = "Fans") -> tuple[str, dict[str, Any]]:
    """Return a call of PutMetricData; a datum is of the metric ``in`` unless it says otherwise."""
    given = [{"MetricName": "in", **datum} for datum in datums]
    return "PutMetricData", {"Namespace": namespace, "MetricData": given}


def where(wrong: Callable[[dict[str, Any]], bool], text: str) -> Texts:
    """Return *text*, which may name parameters in braces, for the calls that are *wrong*."""
    return lambda parameters: [text.format_map(parameters)] if wrong(parameters) else []


def takes(operation: str, code: str, told: Texts) -> Explains:
    """Return whether ours refuses with *code* and a text that *told* has of the call, theirs not."""
    return lambda exchange: _refuses(exchange, operation, code, told) and exchange.theirs.is_ok


def words(operation: str, code: str, told: Texts, theirs: str | None = None) -> Explains:
    """Return whether both refuse with *code*, ours as *told* says, and theirs with another text."""
    return lambda exchange: (
        _refuses(exchange, operation, code, told)
        and exchange.theirs.code == code
        and exchange.ours.message != exchange.theirs.message
        and theirs in {None, exchange.theirs.message}
    )


def refuses(operation: str, code: str, told: Texts, *theirs: tuple[str, str]) -> Explains:
    """Return whether ours refuses as *told* says, and theirs with one of those codes and texts."""
    return lambda exchange: (
        _refuses(exchange, operation, code, told)
        and (exchange.theirs.code, exchange.theirs.message) in theirs
    )


def _refuses(exchange: Exchange, operation: str, code: str, told: Texts) -> bool:
    return (
        exchange.operation == operation
        and exchange.ours.code == code
        and exchange.ours.message in told(exchange.parameters)
    )


def differing(exchange: Exchange, name: str, key: str) -> Iterator[tuple[Any, Any]]:
    """Yield the members of the list *name* that differ; on one side without its pair, None."""
    ours, theirs = (
        {member[key]: member for member in answer.output.get(name, ())}
        for answer in (exchange.ours, exchange.theirs)
    )
    for identity in sorted(ours.keys() | theirs.keys()):
        if ours.get(identity) != theirs.get(identity):
            yield ours.get(identity), theirs.get(identity)


def changes(ours: dict[str, Any], theirs: dict[str, Any]) -> set[str]:
    """Return the names of the members that differ."""
    return {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}
