"""What AWS refuses of GetMetricData's queries, and moto takes or refuses in other words."""

from harness.tests.differential.cloudwatchknown.asking import (
    calls,
    data,
    minute,
    refuses,
    takes,
    told,
    words,
)
from harness.tests.differential.cloudwatchknown.queries import metric, wanted
from harness.tests.differential.known import Known

_ONE = data({"Value": 1, "Unit": "Count"})

KNOWN: tuple[Known, ...] = (
    Known(
        "a query's id",
        takes("GetMetricData", "ValidationError", ".Id is not matching the expected pattern"),
        calls(wanted(metric(query_id="Q"))),
        told(
            "An id may begin with a capital letter.",
            "ValidationError.",
            "The first character must be a lowercase letter.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "ids are unique",
        takes("GetMetricData", "ValidationError", "The values for parameter id must be unique"),
        calls(wanted(metric(), metric())),
        told(
            "Two queries may have one id.",
            "ValidationError.",
            "The Id must be unique within a single call to GetMetricData.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "a query is of one kind",
        takes("GetMetricData", "ValidationError", ".Expression are mutually exclusive"),
        calls(wanted(metric() | {"Expression": "q"})),
        told(
            "A query with both is answered twice.",
            "ValidationError.",
            "You must specify either Expression or MetricStat but not both.",
            "MetricDataQuery",
        ),
    ),
    Known(
        "which query lacks its metric",
        words(
            "GetMetricData",
            "ValidationError",
            ".MetricStat is required.",
            "member.1.MetricStat is",
        ),
        calls(wanted(metric(), {"Id": "r"})),
        told(
            "The text names the first query, whichever lacks it.",
            "It names the query.",
            "The text names MetricDataQueries.member.1 where the first query lacks its MetricStat; for"
            " another it was not recorded.",
            "https://github.com/getmoto/moto/blob/master/moto/cloudwatch/responses.py",
            right="either",
        ),
    ),
    Known(
        "a metric has a namespace and a name",
        lambda exchange: (
            refuses("GetMetricData", "ValidationError", ".MetricStat.Metric.", "is required")(
                exchange
            )
            and exchange.theirs.code == "broken down: KeyError"
        ),
        calls(wanted({**metric(), "MetricStat": {"Metric": {}, "Period": 60, "Stat": "Sum"}})),
        told(
            "A metric without a namespace ends in a KeyError of Python.",
            "ValidationError.",
            "A metric is named by its namespace and its name.",
            "Metric",
        ),
    ),
    Known(
        "which statistics there are",
        lambda exchange: (
            refuses("GetMetricData", "ValidationError", ".Stat is not a valid statistic")(exchange)
            and exchange.theirs.code in {"ok", "broken down: TypeError"}
        ),
        calls(_ONE, wanted(metric(Stat="Median"))),
        told(
            "Any name is a statistic, of no values.",
            "ValidationError.",
            "Stat can include any CloudWatch statistic or extended statistic.",
            "MetricStat",
        ),
    ),
    Known(
        "which periods data have",
        takes("GetMetricData", "ValidationError", ".MetricStat.Period must be "),
        calls(wanted(metric(Period=90))),
        told(
            "A period may be of 90 seconds.",
            "ValidationError.",
            "The period can be 1, 5, 10, 20, 30, 60, or any multiple of 60.",
            "MetricStat",
        ),
    ),
    Known(
        "in which order data come",
        takes(
            "GetMetricData", "ValidationError", "The parameter ScanBy must be a value in the set"
        ),
        calls(wanted(metric(), ScanBy="Newest")),
        told(
            "Any text is an order.",
            "ValidationError.",
            "The valid values are TimestampDescending and TimestampAscending.",
            "GetMetricData",
        ),
    ),
    Known(
        "how a range is refused",
        lambda exchange: (
            exchange.operation == "GetMetricData"
            and exchange.ours.code == exchange.theirs.code == "ValidationError"
            and "EndTime" in exchange.ours.message
            and exchange.ours.message == f"{exchange.theirs.message}\n"
        ),
        calls(wanted(StartTime=minute(0), EndTime=minute(0))),
        told(
            "The text ends with its full stop.",
            "It ends with a new line.",
            "Reported: The parameter StartTime must not equal parameter EndTime, and a new line"
            " (elastic/beats issue 32687); of the other text, that it ends likewise is inferred.",
            "GetMetricData",
        ),
    ),
)
