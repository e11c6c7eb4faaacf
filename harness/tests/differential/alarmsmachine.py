"""CloudWatch's alarms, dashboards and tags against moto."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from harness.tests.differential.cloudwatchknown import KNOWN
from harness.tests.differential.cloudwatchknown.alarmchecks import MATHEMATICAL
from harness.tests.differential.cloudwatchknown.alarms import ALARM, TOPIC
from harness.tests.differential.cloudwatchknown.asking import settled
from harness.tests.differential.cloudwatchknown.dashboards import BODY, LONG_BODY
from harness.tests.differential.cloudwatchmachine import backend
from harness.tests.differential.machine import PeersMachine
from harness.tests.differential.peers import Exchange

SHOP = [{"Name": "shop", "Value": "a"}]
EXTENDED = {"Statistic": None, "ExtendedStatistic": "p90"}
KINDS: dict[str, list[dict[str, Any]]] = {
    "plain": [{}, {"Period": 300, "Unit": "Seconds"}, {"Dimensions": SHOP}, EXTENDED],
    "other": [{"AlarmDescription": "late orders"}, {"MetricName": "Orders"}, EXTENDED],
    "sum": [MATHEMATICAL, {**MATHEMATICAL, "TreatMissingData": "ignore"}],
    "loud": [{"AlarmActions": [TOPIC]}, {"AlarmActions": [TOPIC], "DatapointsToAlarm": 2}],
    "quiet": [{"OKActions": [TOPIC], "ActionsEnabled": False}],
}
"""The alarms, and what is said of each; of those with actions none is set to a state with one."""

NAMES = sorted(KINDS)
SETTABLE = ["plain", "other", "sum", "gone"]
ARNS = [
    *(f"arn:aws:cloudwatch:us-east-1:123456789012:alarm:{name}" for name in (*NAMES, "gone")),
    *(f"arn:aws:cloudwatch::123456789012:dashboard/{name}" for name in ("orders", "fans")),
]
TAGGED = st.sampled_from([ARNS[0], *ARNS, ARNS[0]])
FILTERS: Any = st.sampled_from([
    {}, {}, {"AlarmNames": ["plain", "sum", "gone"]}, {"AlarmNamePrefix": "l"}, {"StateValue": "ALARM"}, {"StateValue": "OK"},
    {"ActionPrefix": "arn:aws:sns"}, {"ActionPrefix": "arn:aws:lambda"}, {"AlarmTypes": ["CompositeAlarm"]}, {"AlarmTypes": ["MetricAlarm"]},
    {"MaxRecords": 2}, {"AlarmNames": ["plain"], "AlarmNamePrefix": "p"}, {"NextToken": "gone"}, {"AlarmNames": ["plain", "other"], "StateValue": "OK"},
    {"AlarmNamePrefix": "l", "StateValue": "ALARM"},
])  # fmt: skip
OF_METRICS: Any = st.sampled_from([
    {}, {"MetricName": "Orders"}, {"Dimensions": SHOP}, {"Statistic": "Maximum"}, {"Period": 300}, {"Unit": "Seconds"}, {"Namespace": "None"},
])  # fmt: skip
MISTAKES: Any = st.sampled_from([
    {"AlarmName": " "}, *({name: None} for name in ("ComparisonOperator", "EvaluationPeriods", "MetricName", "Namespace", "Period", "Threshold", "Statistic")),
    {"ComparisonOperator": "Above"}, {"Statistic": "Median"}, {"Unit": "Fortnights"}, {"ExtendedStatistic": "p90"}, {"Period": 45},
    {"Period": 3_600, "EvaluationPeriods": 169}, {"DatapointsToAlarm": 4}, {"TreatMissingData": "perhaps"}, {"EvaluateLowSampleCountPercentile": "perhaps"},
    {"OKActions": [TOPIC] * 6}, {"Metrics": MATHEMATICAL["Metrics"]}, {"Tags": [{"Key": "aws:x", "Value": ""}]}, {"Statistic": None, "ExtendedStatistic": "median"},
    {**MATHEMATICAL, "MetricName": None, "Namespace": None, "Period": None, "Statistic": None, "Metrics": [*MATHEMATICAL["Metrics"], {"Id": "a", "Expression": "b"}]},
])  # fmt: skip
NEW = [{"Key": "new", "Value": "1"}]
"""The tags of PutMetricAlarm, by which those that an update adds are known."""

BODIES = st.sampled_from([BODY, '{"widgets": [], "start": "-PT6H"}', LONG_BODY, "{}"])
TAGS: Any = st.lists(
    st.builds(
        lambda key, value: {"Key": key, "Value": value}, *map(st.sampled_from, ("ab", "12"))
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda tag: tag["Key"],
)


class AlarmsMachine(PeersMachine):
    """Five alarms, and dashboards beside them."""

    known = KNOWN

    def __init__(self) -> None:
        super().__init__()
        self.boards: dict[str, Any] = {}
        """Moto's dashboards, as they were when both sides last agreed."""

    def normal(self, exchange: Exchange) -> Exchange:
        """Put the answers in one form."""
        return settled(exchange)

    def ask(self, operation: str, **parameters: Any) -> Exchange:
        """Make a call, without what is None."""
        given = {name: value for name, value in parameters.items() if value is not None}
        exchange = self.both("cloudwatch", operation, **given)
        self.boards |= backend().dashboards
        return exchange

    def resync(self) -> None:
        """Take away what moto alone has, and give it the tags that the engine has."""
        peers, theirs = self.peers, backend()
        ours = peers.ours("cloudwatch", "DescribeAlarms").output["MetricAlarms"]
        kept = {alarm["AlarmName"] for alarm in ours}
        for name in sorted(theirs.alarms.keys() - kept):
            del theirs.alarms[name]
        for alarm in ours:
            arn = alarm["AlarmArn"]
            tags = peers.ours("cloudwatch", "ListTagsForResource", ResourceARN=arn).output["Tags"]
            theirs.tagger.delete_all_tags_for_resource(arn)
            if tags:
                theirs.tagger.tag_resource(arn, tags)
        entries = peers.ours("cloudwatch", "ListDashboards").output["DashboardEntries"]
        theirs.dashboards = {
            entry["DashboardName"]: self.boards[entry["DashboardName"]] for entry in entries
        }

    def alarm(self, name: str, place: int) -> dict[str, Any]:
        """Return what is said of the alarm called *name*."""
        kinds = KINDS[name]
        kind = kinds[place % len(kinds)]
        given = {**({} if "Metrics" in kind else ALARM), **kind, "AlarmName": name}
        return {member: value for member, value in given.items() if value is not None}

    @initialize(places=st.lists(st.integers(0, 3), min_size=3, max_size=3))
    def begin(self, places: list[int]) -> None:
        """Make some alarms, and a dashboard."""
        for name, place in zip(("loud", "plain", "quiet"), places, strict=True):
            self.put(name, place, [])
        self.put_dashboard("orders", BODY)

    @rule(name=st.sampled_from(NAMES), place=st.integers(0, 3), tags=st.sampled_from([None, NEW]))
    def put(self, name: str, place: int, tags: list[dict[str, str]] | None) -> None:
        """Make an alarm or change one; then look at it, and set it, so that both have one state."""
        before = self.state(name)
        self.ask("PutMetricAlarm", **self.alarm(name, place), Tags=tags or None)
        self.ask("DescribeAlarms", AlarmNames=[name])
        assert before in {None, self.state(name)}, "an update leaves the state as it is"
        self.ask(
            "SetAlarmState", AlarmName=name, StateValue="INSUFFICIENT_DATA", StateReason="begun"
        )
        self.ask("DescribeAlarms", AlarmNames=[name])

    def state(self, name: str) -> str | None:
        """Return what our side says of the state of an alarm, if there is one of the name."""
        found = self.peers.ours("cloudwatch", "DescribeAlarms", AlarmNames=[name])
        alarms = found.output["MetricAlarms"]
        return repr([
            (key, value) for alarm in alarms for key, value in alarm.items() if "State" in key
        ]) if alarms else None  # fmt: skip

    @rule(mistake=MISTAKES)
    def put_wrongly(self, mistake: dict[str, Any]) -> None:
        """Make an alarm with a mistake."""
        self.ask("PutMetricAlarm", **{**ALARM, "AlarmName": "wrong", **mistake})

    @rule(
        name=st.sampled_from(SETTABLE),
        value=st.sampled_from(["OK", "ALARM", "INSUFFICIENT_DATA", "ALARM", "BAD"]),
        data=st.sampled_from([None, None, '{"a": 1}', "{"]),
    )
    def set_state(self, name: str, value: str, data: str | None) -> None:
        """Set an alarm's state."""
        given = {"StateValue": value, "StateReason": "seen", "StateReasonData": data}
        self.ask("SetAlarmState", AlarmName=name, **given)
        self.ask("DescribeAlarms", AlarmNames=[name])

    @rule(
        names=st.lists(st.sampled_from(["plain", "loud", "gone"]), min_size=1, max_size=2),
        operation=st.sampled_from(["EnableAlarmActions", "DisableAlarmActions"]),
    )
    def switch(self, names: list[str], operation: str) -> None:
        """Switch the actions of alarms."""
        self.ask(operation, AlarmNames=names)
        self.ask("DescribeAlarms", AlarmNames=names)

    @rule(filters=st.lists(FILTERS, min_size=1, max_size=4))
    def describe(self, filters: list[dict[str, Any]]) -> None:
        """Describe alarms."""
        for one in filters:
            self.ask("DescribeAlarms", **one)

    @rule(refined=st.lists(OF_METRICS, min_size=1, max_size=3))
    def describe_for_metric(self, refined: list[dict[str, Any]]) -> None:
        """Describe the alarms of a metric."""
        metric = {"Namespace": "Orders", "MetricName": "Delay"}
        for one in refined:
            self.ask("DescribeAlarmsForMetric", **{**metric, **one})

    @rule(names=st.lists(st.sampled_from([*NAMES, "gone"]), min_size=1, max_size=2, unique=True))
    def delete(self, names: list[str]) -> None:
        """Delete alarms; moto would give their tags to the next ones of the name."""
        self.ask("DeleteAlarms", AlarmNames=names)
        for name in names:
            backend().tagger.delete_all_tags_for_resource(ARNS[0].replace(NAMES[0], name))
        self.ask("DescribeAlarms")

    @rule(name=st.sampled_from([None, "plain", "gone"]))
    def look_back(self, name: str | None) -> None:
        """Ask what happened."""
        self.ask("DescribeAlarmHistory", AlarmName=name)

    @rule(seconds=st.sampled_from([1, 60]))
    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.peers.wait(seconds)

    @rule(name=st.sampled_from(["orders", "orders", "fans"]), body=BODIES)
    def put_dashboard(self, name: str, body: str) -> None:
        """Make a dashboard, or replace it."""
        self.ask("PutDashboard", DashboardName=name, DashboardBody=body)
        self.ask("GetDashboard", DashboardName=name)

    @rule(call=st.sampled_from([
        ("PutDashboard", {"DashboardName": "orders", "DashboardBody": "["}), ("PutDashboard", {"DashboardName": "orders", "DashboardBody": "[]"}),
        ("PutDashboard", {"DashboardName": "a b", "DashboardBody": BODY}), ("DeleteDashboards", {"DashboardNames": []}), ("GetDashboard", {"DashboardName": "none"}),
        ("DeleteDashboards", {"DashboardNames": ["fans", "none"]}), ("DeleteDashboards", {"DashboardNames": ["orders"]}),
    ]))  # fmt: skip
    def change_dashboards(self, call: tuple[str, dict[str, Any]]) -> None:
        """Do something else with dashboards."""
        operation, parameters = call
        if not self.ask(operation, **parameters).ours.is_ok:
            self.resync()  # of several dashboards ours deletes those that are there

    @rule(prefix=st.sampled_from([None, "o", "z"]))
    def list_dashboards(self, prefix: str | None) -> None:
        """List dashboards."""
        self.ask("ListDashboards", DashboardNamePrefix=prefix)

    @rule(arn=TAGGED, tags=TAGS, is_reserved=st.sampled_from([False] * 4 + [True]))
    def tag(self, arn: str, tags: list[dict[str, str]], is_reserved: bool) -> None:  # noqa: FBT001 - drawn
        """Tag something, and look."""
        self.ask(
            "TagResource",
            ResourceARN=arn,
            Tags=[*tags, {"Key": "aws:x", "Value": ""}]
            if is_reserved and ":alarm:" in arn
            else tags,
        )
        self.ask("ListTagsForResource", ResourceARN=arn)

    @rule(arn=TAGGED, keys=st.lists(st.sampled_from("abc"), min_size=1, max_size=2))
    def untag(self, arn: str, keys: list[str]) -> None:
        """Take tags away, one of which is there, and look."""
        self.ask("TagResource", ResourceARN=arn, Tags=[{"Key": keys[0], "Value": "3"}])
        self.ask("UntagResource", ResourceARN=arn, TagKeys=keys)
        self.ask("ListTagsForResource", ResourceARN=arn)
