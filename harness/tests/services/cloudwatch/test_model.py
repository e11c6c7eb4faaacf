"""CloudWatch against a model: a metric is a list of values."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from harness.kernel.instant import seconds, to_datetime
from harness.services.cloudwatch.service import CloudWatch
from harness.tests.services.calling import START, Caller

WORKERS = st.sampled_from(["", "load", "save"])


class MetricMachine(RuleBasedStateMachine):
    """Puts values under several dimensions as time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.call = Caller(CloudWatch)
        self.model: dict[str, list[int]] = {}

    @rule(worker=WORKERS, values=st.lists(st.integers(-5, 5), min_size=1, max_size=4))
    def put(self, worker: str, values: list[int]) -> None:
        """Put values of one metric."""
        dimensions = [{"Name": "worker", "Value": worker}] if worker else []
        data = [{"MetricName": "in", "Dimensions": dimensions, "Value": value} for value in values]
        self.call("PutMetricData", Namespace="Fans", MetricData=data)
        self.model.setdefault(worker, []).extend(values)

    @rule()
    def wait(self) -> None:
        """Let half a minute pass."""
        self.call.wait(seconds(30))

    @invariant()
    def totals_and_statistics_are_those_of_the_model(self) -> None:
        """For every set of dimensions, by all ways of asking."""
        for worker, values in self.model.items():
            dimensions = {"worker": worker} if worker else {}
            assert self.call.service.total("Fans", "in", dimensions) == sum(values)
            output = self.call(
                "GetMetricStatistics",
                Namespace="Fans",
                MetricName="in",
                Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()],
                StartTime=to_datetime(START),
                EndTime=to_datetime(START).replace(hour=20),
                Period=60,
                Statistics=["Sum", "SampleCount", "Minimum", "Maximum"],
            )["Datapoints"]
            assert sum(point["Sum"] for point in output) == sum(values)
            assert sum(point["SampleCount"] for point in output) == len(values)
            assert min(point["Minimum"] for point in output) == min(values)
            assert max(point["Maximum"] for point in output) == max(values)


TestMetricMachine = MetricMachine.TestCase
TestMetricMachine.settings = settings(
    max_examples=15, stateful_step_count=15, deadline=None, derandomize=True
)
