"""Lambda's event source mappings against moto: made, changed, told, listed, deleted."""

from copy import copy
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from moto.awslambda.models import LambdaBackend, lambda_backends

from harness.tests.differential.lambdaknown import KNOWN
from harness.tests.differential.lambdaknown.asking import (
    FUNCTION,
    MOMENT,
    QUEUE,
    STREAM,
    TABLE,
    UNKNOWN,
    given,
    settled,
)
from harness.tests.differential.lambdaknown.refusals import function_arn
from harness.tests.differential.lambdapeers import LambdaPeers
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Exchange, Pair, resolved

SOURCES = {
    "queue": f"{QUEUE}reports",
    "dead": f"{QUEUE}dead",
    "fifo": f"{QUEUE}ordered.fifo",
    "stream": STREAM,
    "table": TABLE,
}
QUEUES = {"queue", "dead", "fifo"}
FUNCTIONS = st.sampled_from(["worker", "other", f"{FUNCTION}worker"])
BUCKET = "arn:aws:s3:::failures"
OF_ANY: dict[str, Any] = {
    "BatchSize": st.sampled_from([1, 5, 10]),
    "Enabled": st.booleans(),
    "FunctionResponseTypes": st.sampled_from([[], ["ReportBatchItemFailures"]]),
}
OF_STREAMS: dict[str, Any] = {
    **OF_ANY,
    "BisectBatchOnFunctionError": st.booleans(),
    "DestinationConfig": st.sampled_from([
        {"OnFailure": {}}, {"OnFailure": {"Destination": f"{QUEUE}dead"}}, {"OnFailure": {"Destination": BUCKET}},
    ]),
    "MaximumBatchingWindowInSeconds": st.sampled_from([0, 5]),
    "MaximumRecordAgeInSeconds": st.sampled_from([-1, 60, 3_600]),
    "MaximumRetryAttempts": st.sampled_from([-1, 0, 3]),
    "ParallelizationFactor": st.sampled_from([1, 10]),
    "TumblingWindowInSeconds": st.sampled_from([0, 30]),
}  # fmt: skip
PATTERNS = {
    "queue": '{"body": {"n": [1]}}',
    "stream": '{"data": {"n": [{"numeric": [">", 1]}]}}',
    "table": '{"eventName": ["INSERT"]}',
}
OF_QUEUES: dict[str, Any] = {
    **OF_ANY,
    "ScalingConfig": st.sampled_from([{"MaximumConcurrency": 2}, {"MaximumConcurrency": 1_000}]),
}
SETTINGS: Any = {
    kind: st.fixed_dictionaries({}, optional=OF_QUEUES if kind in QUEUES else OF_STREAMS)
    for kind in SOURCES
}
MISTAKES: Any = st.sampled_from([
    ("queue", {"FunctionName": "gone"}), ("queue", {"FunctionName": f"{FUNCTION}gone"}), ("queue", {"FunctionName": f"{FUNCTION}worker:7"}),
    ("queue", {"FunctionName": "a b"}), ("queue", {"FunctionName": "123456789012:function:gone"}), ("queue", {"EventSourceArn": f"{QUEUE}gone"}), ("stream", {"EventSourceArn": f"{STREAM}gone"}),
    ("queue", {"EventSourceArn": BUCKET}), ("queue", {"EventSourceArn": None}), ("queue", {"EventSourceArn": f"{QUEUE}brief"}),
    ("stream", {"StartingPosition": None}), ("stream", {"StartingPosition": "EARLIEST"}), ("queue", {"StartingPosition": "LATEST"}),
    ("stream", {"StartingPositionTimestamp": 1}), ("stream", {"StartingPosition": "AT_TIMESTAMP"}),
    ("stream", {"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": 4_000_000_000}),
    ("table", {"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": 1_767_603_600}),
    ("stream", {"ParallelizationFactor": 11}), ("stream", {"MaximumRetryAttempts": 10_001}), ("stream", {"TumblingWindowInSeconds": 901}),
    ("stream", {"MaximumRecordAgeInSeconds": 59}), ("stream", {"MaximumRecordAgeInSeconds": 604_801}), ("stream", {"BatchSize": 10_001}),
    ("queue", {"MaximumBatchingWindowInSeconds": 301}), ("dead", {"BatchSize": 11}), ("fifo", {"BatchSize": 11}), ("fifo", {"MaximumBatchingWindowInSeconds": 1}),
    ("queue", {"ParallelizationFactor": 2}), ("queue", {"MaximumRetryAttempts": 1}), ("stream", {"ScalingConfig": {"MaximumConcurrency": 2}}),
    ("dead", {"DestinationConfig": {"OnFailure": {"Destination": BUCKET}}}), ("stream", {"DestinationConfig": {"OnFailure": {"Destination": f"{FUNCTION}other"}}}),
    ("queue", {"FilterCriteria": {"Filters": [{"Pattern": "{"}]}}), ("stream", {"FilterCriteria": {"Filters": [{"Pattern": "[]"}]}}),
    ("queue", {"FunctionResponseTypes": ["Nothing"]}),
])  # fmt: skip
CHANGES_MISTAKEN: Any = st.sampled_from([
    {"FunctionName": "gone"}, {"BatchSize": 10_001}, {"FilterCriteria": {"Filters": [{"Pattern": "{"}]}}, {"MaximumBatchingWindowInSeconds": 301},
])  # fmt: skip


def backend() -> LambdaBackend:
    """Return what moto keeps of Lambda."""
    found: LambdaBackend = lambda_backends["123456789012"]["us-east-1"]
    return found


class MappingsMachine(PeersMachine):
    """Two functions, and mappings from five sources to them."""

    known = KNOWN
    sides = LambdaPeers
    peers: LambdaPeers

    def __init__(self) -> None:
        super().__init__()
        self.uuids: dict[tuple[str, str], Pair] = {}
        """The mappings that were made, by their source's kind and their function."""
        self.kept: dict[str, Any] = {}
        """Moto's mappings, as they were when both sides last agreed."""

    def normal(self, exchange: Exchange) -> Exchange:
        """Put the answers in one form."""
        return settled(exchange, self.peers.table_stream)

    def ask(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call, without what is None."""
        exchange = self.both("lambda", operation, **given(self.peers, parameters))
        self.doubt(exchange)
        mappings = backend()._event_source_mappings  # noqa: SLF001 - moto shows it to nobody
        self.kept = {uuid: copy(mapping) for uuid, mapping in mappings.items()}
        return exchange

    def doubt(self, exchange: Exchange) -> None:
        """Look whether our side has a reason to refuse what moto, which knows no reason, takes."""
        parameters = exchange.parameters
        if exchange.ours.code == "ResourceConflictException" and "FunctionName" in parameters:
            twin = self.ours_of(exchange.ours.message.rpartition(" ")[2])
            assert twin["FunctionArn"] == function_arn(parameters["FunctionName"])
            assert twin["EventSourceArn"] == parameters.get(
                "EventSourceArn", twin["EventSourceArn"]
            )
        if exchange.ours.code == "ResourceInUseException":
            mapping = self.ours_of(parameters["UUID"])
            assert mapping["State"] not in {"Enabled", "Disabled"}, "it is at rest"

    def ours_of(self, uuid: Any) -> Any:
        """Return what our side says of one mapping; a table's stream stands for both sides' ones."""
        wanted = resolved(uuid, "ours")
        output = self.peers.ours("lambda", "GetEventSourceMapping", UUID=wanted).output
        if output["EventSourceArn"] == self.peers.table_stream.ours:
            output["EventSourceArn"] = self.peers.table_stream
        return output

    def resync(self) -> None:
        """Undo what moto alone did."""
        backend()._event_source_mappings = self.kept  # noqa: SLF001 - moto shows it to nobody

    @initialize(
        settings=st.tuples(*(SETTINGS[kind] for kind in SOURCES)),
        functions=st.lists(FUNCTIONS, min_size=5, max_size=5),
    )
    def begin(self, settings: tuple[dict[str, Any], ...], functions: list[str]) -> None:
        """Make a mapping from each source."""
        for kind, function, more in zip(SOURCES, functions, settings, strict=True):
            self._create(kind, function, more)
        self.peers.wait(5)

    def _create(self, kind: str, function: str, settings: dict[str, Any]) -> None:
        position = None if kind in QUEUES else "TRIM_HORIZON"
        wanted: dict[str, Any] = {
            "FunctionName": function,
            "EventSourceArn": SOURCES[kind],
            "StartingPosition": position,
            **settings,
        }
        exchange = self.ask("CreateEventSourceMapping", **wanted)
        if exchange.ours.is_ok and exchange.theirs.is_ok:
            both = Pair(exchange.ours.output["UUID"], exchange.theirs.output["UUID"])
            self.uuids[kind, function.rpartition(":")[2]] = both

    @rule(
        kind=st.sampled_from(sorted(SOURCES)),
        function=FUNCTIONS,
        data=st.data(),
        position=st.sampled_from([None, None, "LATEST", "AT_TIMESTAMP"]),
        is_filtered=st.booleans(),
        seconds=st.sampled_from([5, 0]),
    )
    def create(  # noqa: PLR0913, PLR0917 - what is drawn
        self,
        kind: str,
        function: str,
        data: st.DataObject,
        position: str | None,
        is_filtered: bool,  # noqa: FBT001 - drawn
        seconds: int,
    ) -> None:
        """Make a mapping, that may be there already."""
        settings = dict(data.draw(SETTINGS[kind]))
        if kind == "stream" and position is not None:
            settings["StartingPosition"] = position
            if position == "AT_TIMESTAMP":
                settings["StartingPositionTimestamp"] = int(MOMENT)
        if is_filtered and kind in PATTERNS:
            settings["FilterCriteria"] = {"Filters": [{"Pattern": PATTERNS[kind]}]}
        self._create(kind, function, settings)
        self.peers.wait(seconds)

    @rule(mistake=MISTAKES)
    def create_wrongly(self, mistake: tuple[str, dict[str, Any]]) -> None:
        """Make a mapping with a mistake; those of the mapping that may be there come first."""
        kind, settings = mistake
        for function in ("worker", "other"):
            if (kind, function) in self.uuids and "FunctionName" not in settings:
                continue
            self._create(kind, function, settings)
            return

    def _some(self, place: int) -> tuple[str, Any]:
        """Return one of the mappings that were made: the kind of its source, and its UUIDs."""
        made = sorted(self.uuids)
        if not made:
            return "queue", UNKNOWN
        chosen = made[place % len(made)]
        return chosen[0], self.uuids[chosen]

    @rule(
        place=st.integers(0, 9),
        data=st.data(),
        function=st.one_of(st.none(), st.none(), FUNCTIONS),
        seconds=st.sampled_from([5, 5, 0]),
    )
    def update(self, place: int, data: st.DataObject, function: str | None, seconds: int) -> None:
        """Change a mapping, and look at it."""
        kind, uuid = self._some(place)
        self.ask(
            "UpdateEventSourceMapping",
            UUID=uuid,
            FunctionName=function,
            **data.draw(SETTINGS[kind]),
        )
        self.peers.wait(seconds)
        self.ask("GetEventSourceMapping", UUID=uuid)

    @rule(place=st.integers(0, 9), mistake=CHANGES_MISTAKEN)
    def update_wrongly(self, place: int, mistake: dict[str, Any]) -> None:
        """Change a mapping with a mistake."""
        _, uuid = self._some(place)
        self.ask("UpdateEventSourceMapping", UUID=uuid, **mistake)

    @rule(place=st.integers(0, 9), seconds=st.sampled_from([5, 0]))
    def delete(self, place: int, seconds: int) -> None:
        """Delete a mapping, and look at it."""
        _, uuid = self._some(place)
        self.ask("DeleteEventSourceMapping", UUID=uuid)
        self.peers.wait(seconds)
        self.ask("GetEventSourceMapping", UUID=uuid)

    @rule(operation=st.sampled_from(["GetEventSourceMapping", "DeleteEventSourceMapping"]))
    def ask_for_none(self, operation: str) -> None:
        """Ask for a mapping that never was."""
        self.ask(operation, UUID=UNKNOWN)

    @rule(seconds=st.sampled_from([1, 5]))
    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.peers.wait(seconds)

    @rule(filters=st.sampled_from([
        {}, {"FunctionName": "worker"}, {"FunctionName": f"{FUNCTION}worker"}, {"FunctionName": "other"}, {"FunctionName": "gone"},
        {"EventSourceArn": f"{QUEUE}reports"}, {"EventSourceArn": TABLE}, {"MaxItems": 2}, {"Marker": "nonsense"},
        {"EventSourceArn": STREAM, "FunctionName": "worker"},
    ]))  # fmt: skip
    def list_mappings(self, filters: dict[str, Any]) -> None:
        """List mappings."""
        self.ask("ListEventSourceMappings", **filters)
