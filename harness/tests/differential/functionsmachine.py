"""The settings of Lambda's functions against moto: asynchronous events, and concurrency."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from harness.tests.differential.lambdaknown import KNOWN
from harness.tests.differential.lambdaknown.asking import FUNCTION, QUEUE
from harness.tests.differential.lambdaknown.configs import settled
from harness.tests.differential.lambdapeers import FUNCTIONS, LambdaPeers
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Exchange

NAMES = st.sampled_from(
    ["worker", "other", f"{FUNCTION}worker", "gone", "worker:$LATEST", "worker:7"]
)
UNQUALIFIED = st.sampled_from(["worker", "other", f"{FUNCTION}worker"])
SETTINGS: Any = st.fixed_dictionaries({}, optional={
    "MaximumRetryAttempts": st.sampled_from([0, 1, 2]),
    "MaximumEventAgeInSeconds": st.sampled_from([60, 3_600, 21_600]),
    "DestinationConfig": st.sampled_from([
        {"OnFailure": {"Destination": f"{QUEUE}dead"}},
        {"OnSuccess": {"Destination": "arn:aws:lambda:us-east-1:123456789012:function:third"}},
        {"OnSuccess": {"Destination": f"{QUEUE}reports"}, "OnFailure": {"Destination": f"{QUEUE}dead"}},
    ]),
})  # fmt: skip
MISTAKES: Any = st.sampled_from([
    {"FunctionName": "gone", "MaximumRetryAttempts": 1}, {"FunctionName": "worker", "Qualifier": "7", "MaximumRetryAttempts": 1}, {"FunctionName": "worker"},
    {"FunctionName": "worker", "DestinationConfig": {"OnSuccess": {"Destination": f"{FUNCTION}worker"}}},
    {"FunctionName": "worker", "DestinationConfig": {"OnFailure": {"Destination": f"{FUNCTION}gone"}}},
])  # fmt: skip


class FunctionsMachine(PeersMachine):
    """Two functions."""

    known = KNOWN
    sides = LambdaPeers

    def normal(self, exchange: Exchange) -> Exchange:
        """Put the answers in one form."""
        return settled(exchange)

    def ask(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call."""
        return self.both("lambda", operation, **parameters)

    def resync(self) -> None:
        """Take every setting away, on both sides."""
        for name in FUNCTIONS:
            for operation in ("DeleteFunctionEventInvokeConfig", "DeleteFunctionConcurrency"):
                self.peers.call("lambda", operation, FunctionName=name)

    @rule(name=UNQUALIFIED, settings=SETTINGS)
    def configure(self, name: str, settings: dict[str, Any]) -> None:
        """Configure a function anew: moto would show the configuration before for ever."""
        self.ask("DeleteFunctionEventInvokeConfig", FunctionName=name)
        self.ask("PutFunctionEventInvokeConfig", FunctionName=name, **settings)
        self.ask("GetFunctionEventInvokeConfig", FunctionName=name)

    @rule(name=UNQUALIFIED, settings=SETTINGS)
    def update(self, name: str, settings: dict[str, Any]) -> None:
        """Change a configuration; moto shows the one before, so that both are taken away."""
        before = self.ask("GetFunctionEventInvokeConfig", FunctionName=name).ours
        after = self.ask("UpdateFunctionEventInvokeConfig", FunctionName=name, **settings).ours
        if settings and after.code != "InvalidParameterValueException":
            assert after.is_ok == before.is_ok, "what is there is changed"
        if after.is_ok:
            assert after.output == {**before.output, **settings}, "what is not said stays"
        self.ask("DeleteFunctionEventInvokeConfig", FunctionName=name)

    @rule(mistake=MISTAKES)
    def configure_wrongly(self, mistake: dict[str, Any]) -> None:
        """Configure a function with a mistake."""
        self.ask("PutFunctionEventInvokeConfig", **mistake)

    @rule(
        name=NAMES,
        operation=st.sampled_from(
            ["GetFunctionEventInvokeConfig", "ListFunctionEventInvokeConfigs"]
        ),
    )
    def look(self, name: str, operation: str) -> None:
        """Look at the configurations of a function."""
        self.ask(operation, FunctionName=name.partition(":")[0] if name[:6] == "worker" else name)

    @rule(name=NAMES, count=st.sampled_from([0, 5, 100, 901]))
    def reserve(self, name: str, count: int) -> None:
        """Reserve concurrency, and look."""
        self.ask("PutFunctionConcurrency", FunctionName=name, ReservedConcurrentExecutions=count)
        self.ask("GetFunctionConcurrency", FunctionName=name)

    @rule(name=NAMES)
    def release(self, name: str) -> None:
        """Reserve no concurrency any more, and look."""
        self.ask("DeleteFunctionConcurrency", FunctionName=name)
        self.ask("GetFunctionConcurrency", FunctionName=name)
