"""What moto takes into a metric that AWS refuses, or counts otherwise."""

from typing import Any

from harness.tests.differential.cloudwatchknown.asking import (
    Shows,
    calls,
    data,
    minute,
    takes,
    told,
    words,
)
from harness.tests.differential.known import Known

_SET = {"SampleCount": 2, "Sum": 10, "Minimum": 3, "Maximum": 7}


def _put(datum: dict[str, Any], namespace: str = "Fans") -> Shows:
    return calls(data(datum, namespace=namespace))


def _refused(*parts: str, code: str = "InvalidParameterValue") -> Any:
    return takes("PutMetricData", code, *parts)


KNOWN: tuple[Known, ...] = (
    Known(
        "a namespace of AWS's own",
        _refused("for parameter Namespace is invalid"),
        _put({"Value": 1}, namespace="AWS/Fans"),
        told(
            "Data can be put into AWS/Fans.",
            "InvalidParameterValue.",
            "A namespace does not begin with a colon; those that begin with AWS/ are reserved.",
            "PutMetricData",
        ),
    ),
    Known(
        "a unit is one that there is",
        _refused(".Unit must be a value in the set [ Seconds, "),
        _put({"Value": 1, "Unit": "Fortnights"}),
        told(
            "A datum may be in Fortnights.",
            "InvalidParameterValue, and the units that there are.",
            "The valid values of Unit are listed, from Seconds to None.",
            "MetricDatum",
        ),
    ),
    Known(
        "resolutions are 1 and 60",
        _refused(".StorageResolution must be a value in the set [ 1, 60 ]"),
        _put({"Value": 1, "StorageResolution": 5}),
        told(
            "A resolution of 5 is taken.",
            "InvalidParameterValue.",
            "Valid values are 1 and 60.",
            "MetricDatum",
        ),
    ),
    Known(
        "how old a datum may be",
        _refused(".Timestamp must specify a time within the past two weeks"),
        _put({"Value": 1, "Timestamp": minute(-15 * 24 * 60)}),
        told(
            "A datum of 15 days ago is taken.",
            "InvalidParameterValue.",
            "Time stamps may be as much as two weeks before the current date.",
            "PutMetricData",
        ),
    ),
    Known(
        "how far ahead a datum may be",
        _refused(".Timestamp must specify a time no more than two hours in the future"),
        _put({"Value": 1, "Timestamp": minute(121)}),
        told(
            "A datum of tomorrow is taken.",
            "InvalidParameterValue.",
            "Time stamps may be as much as 2 hours after the current day and time; the text is not"
            " documented.",
            "PutMetricData",
        ),
    ),
    Known(
        "a datum has a value",
        _refused("At least one of the parameters "),
        _put({}),
        told(
            "A datum without a value is one of 0.",
            "InvalidParameterValue.",
            "A datum has a Value, Values, or StatisticValues; no default is documented.",
            "MetricDatum",
        ),
    ),
    Known(
        "how large a value may be",
        lambda exchange: (
            _refused("The value ", " is invalid.")(exchange)
            and "for parameter MetricData.member." in exchange.ours.message
        ),
        _put({"Value": 2.0**361}),
        told(
            "Infinity, and 2^361, are taken.",
            "InvalidParameterValue.",
            "Values must be in the range of -2^360 to 2^360; special values are not supported.",
            "MetricDatum",
        ),
    ),
    Known(
        "how a value that is none is told",
        words("PutMetricData", "InvalidParameterValue", "The value NaN for", "The value nan for"),
        _put({"Values": [float("nan")]}),
        told(
            "The value nan, among several; NaN for one alone.",
            "The value NaN.",
            "Special values (for example, NaN) are not supported; the text is not documented.",
            "MetricDatum",
            right="either",
        ),
    ),
    Known(
        "a set beside other values",
        _refused("are mutually exclusive", code="InvalidParameterCombination"),
        _put({"Values": [1.0], "StatisticValues": _SET}),
        told(
            "The set is left out where there are several values, or one of 0.",
            "InvalidParameterCombination, as moto itself answers to a value that is not 0.",
            "Parameters that must not be used together were used together:"
            " InvalidParameterCombination.",
            "PutMetricData",
        ),
    ),
    Known(
        "a set has samples",
        _refused(".StatisticValues.SampleCount must be greater than 0"),
        _put({"StatisticValues": {**_SET, "SampleCount": 0}}),
        told(
            "A set of no samples is taken; it has no average.",
            "InvalidParameterValue.",
            "SampleCount is the number of samples used for the set; of none, nothing is said.",
            "StatisticSet",
            right="either",
        ),
    ),
    Known(
        "how long a dimension may be",
        _refused(".Dimensions.member.1.", "must be shorter than"),
        _put({"Value": 1, "Dimensions": [{"Name": "n", "Value": "x" * 1_025}]}),
        told(
            "A dimension's value of 1025 characters is taken.",
            "InvalidParameterValue.",
            "A dimension's value has up to 1024 characters, its name up to 255.",
            "Dimension",
        ),
    ),
    Known(
        "what a dimension is written in",
        lambda exchange: any(
            _refused(".Dimensions.member.1.", part)(exchange)
            for part in ("contains non-ASCII characters", "is required", "start with a colon")
        ),
        _put({"Value": 1, "Dimensions": [{"Name": "n", "Value": "\xe9"}]}),
        told(
            "A dimension may be blank, of letters beyond ASCII, or begin with a colon.",
            "InvalidParameterValue.",
            "Names and values are of ASCII characters with at least one that is no white space; a name"
            " does not begin with a colon.",
            "Dimension",
        ),
    ),
    Known(
        "how many dimensions there may be",
        _refused("Dimensions must not have a size greater than 30"),
        _put({"Value": 1, "Dimensions": [{"Name": f"n{n}", "Value": "x"} for n in range(31)]}),
        told(
            "A metric may have 31 dimensions.",
            "InvalidParameterValue.",
            "Up to 30 dimensions per metric.",
            "MetricDatum",
        ),
    ),
    Known(
        "how many metrics a call carries",
        _refused("The collection MetricData must not have a size greater than 1000"),
        calls(data(*[{"Value": 1}] * 1_001)),
        told(
            "1001 metrics are taken in one call.",
            "InvalidParameterValue.",
            "The array can include no more than 1000 metrics per call.",
            "PutMetricData",
        ),
    ),
    Known(
        "how many values a datum carries",
        _refused(".Values must not have a size greater than 150"),
        _put({"Values": [float(n) for n in range(151)]}),
        told(
            "151 values are taken.",
            "InvalidParameterValue.",
            "Up to 150 unique values in a Values array.",
            "MetricDatum",
        ),
    ),
    Known(
        "data must be given",
        takes("PutMetricData", "MissingParameter", "MetricData"),
        calls(("PutMetricData", {"Namespace": "Fans"})),
        told(
            "A call without data is taken.",
            "MissingParameter.",
            "MetricData is used if the metrics have no associated entities; what a call with neither"
            " gets is not documented.",
            "PutMetricData",
            right="either",
        ),
    ),
)
