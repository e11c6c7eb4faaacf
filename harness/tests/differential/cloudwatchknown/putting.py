"""What moto takes into a metric that AWS refuses, or counts otherwise."""

from collections.abc import Callable, Iterator
from typing import Any

from harness.services.cloudwatch.datapoint import SHOWN_UNITS
from harness.tests.differential.cloudwatchknown.asking import (
    NOW,
    Explains,
    Shows,
    Texts,
    calls,
    data,
    minute,
    takes,
    told,
    where,
    words,
)
from harness.tests.differential.cloudwatchknown.dimensions import (
    too_long,
    wrongly_written,
)
from harness.tests.differential.known import Known

_SET = {"SampleCount": 2, "Sum": 10, "Minimum": 3, "Maximum": 7}
_WAYS = ("Value", "Values", "StatisticValues")


def _put(datum: dict[str, Any], namespace: str = "Fans") -> Shows:
    return calls(data(datum, namespace=namespace))


def _data(parameters: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, datum in enumerate(parameters.get("MetricData", ()), start=1):
        yield f"MetricData.member.{number}", datum


def _refused(
    wrong: Callable[[dict[str, Any]], bool],
    text: str,
    code: str = "InvalidParameterValue",
) -> Explains:
    """Return whether ours refuses a datum that is *wrong*; *text* has an @ for where it stands."""

    def texts(parameters: dict[str, Any]) -> Iterator[str]:
        for path, datum in _data(parameters):
            if wrong(datum):
                yield text.replace("@", path)

    return takes("PutMetricData", code, texts)


def _numbers(datum: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield each number of *datum*, and the member it is of."""
    if "Value" in datum:
        yield "Value", datum["Value"]
    for name in ("Values", "Counts"):
        for number in datum.get(name, ()):
            yield name, number
    for name, number in datum.get("StatisticValues", {}).items():
        yield f"StatisticValues.{name}", number


def _too_large(parameters: dict[str, Any]) -> Iterator[str]:
    for path, datum in _data(parameters):
        for name, number in _numbers(datum):
            if abs(number) > 2.0**360:
                yield f"The value {float(number)} for parameter {path}.{name} is invalid."


def _no_numbers(parameters: dict[str, Any]) -> Iterator[str]:
    for path, datum in _data(parameters):
        if any(number != number for number in datum.get("Values", ())):  # noqa: PLR0124 - NaN is no equal of its own
            yield f"The value NaN for parameter {path}.Values is invalid."


def _two_ways(parameters: dict[str, Any]) -> Iterator[str]:
    for path, datum in _data(parameters):
        ways = [f"{path}.{name}" for name in _WAYS if name in datum]
        if "StatisticValues" in datum and len(ways) > 1:
            yield (
                f"The parameters {ways[0]} and {ways[1]} are mutually exclusive and you have"
                " specified both."
            )


def _of_dimensions(check: Callable[[list[dict[str, str]]], Iterator[str]]) -> Texts:
    def texts(parameters: dict[str, Any]) -> Iterator[str]:
        for path, datum in _data(parameters):
            for text in check(datum.get("Dimensions", [])):
                yield text.replace("@", path)

    return texts


def _is_old(datum: dict[str, Any]) -> bool:
    """Whether *datum* is of many days before the start, from which a call may be some days away."""
    return bool((NOW - datum.get("Timestamp", NOW)).days > 10)


KNOWN: tuple[Known, ...] = (
    Known(
        "a namespace begins with no colon",
        takes(
            "PutMetricData",
            "InvalidParameterValue",
            where(
                lambda given: given["Namespace"].startswith(":"),
                "The value {Namespace} for parameter Namespace is invalid.",
            ),
        ),
        _put({"Value": 1}, namespace=":Fans"),
        told(
            "Data can be put into :Fans.",
            "InvalidParameterValue.",
            "Namespace: Pattern: [^:].*",
            "PutMetricData",
        ),
    ),
    Known(
        "a namespace of AWS's own",
        takes(
            "PutMetricData",
            "InvalidParameterValue",
            where(
                lambda given: given["Namespace"].startswith("AWS/"),
                "The value AWS/ for parameter Namespace is invalid.",
            ),
        ),
        _put({"Value": 1}, namespace="AWS/Fans"),
        told(
            "Data can be put into AWS/Fans.",
            "InvalidParameterValue.",
            "You should not specify a namespace that begins with AWS/; in older versions of the page:"
            " you cannot, those are reserved. The text is not documented.",
            "PutMetricData",
        ),
    ),
    Known(
        "a unit is one that there is",
        _refused(
            lambda datum: datum.get("Unit", "None") not in SHOWN_UNITS,
            f"The parameter @.Unit must be a value in the set [ {', '.join(SHOWN_UNITS)} ].",
        ),
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
        _refused(
            lambda datum: datum.get("StorageResolution", 60) not in {1, 60},
            "The parameter @.StorageResolution must be a value in the set [ 1, 60 ].",
        ),
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
        _refused(
            _is_old,
            "The parameter @.Timestamp must specify a time within the past two weeks.",
        ),
        _put({"Value": 1, "Timestamp": minute(-15 * 24 * 60)}),
        told(
            "A datum of 15 days ago is taken.",
            "InvalidParameterValue.",
            "You can specify time stamps that are as much as two weeks before the current date.",
            "PutMetricData",
        ),
    ),
    Known(
        "how far ahead a datum may be",
        _refused(
            lambda datum: datum.get("Timestamp", NOW) > minute(120),
            "The parameter @.Timestamp must specify a time no more than two hours in the future.",
        ),
        _put({"Value": 1, "Timestamp": minute(121)}),
        told(
            "A datum of two hours and a minute from now is taken.",
            "InvalidParameterValue.",
            "You can specify time stamps that are as much as 2 hours after the current day and time;"
            " the text is not documented.",
            "PutMetricData",
        ),
    ),
    Known(
        "a datum has a value",
        _refused(
            lambda datum: not any(name in datum for name in _WAYS),
            "At least one of the parameters @.Value, @.Values and @.StatisticValues must be"
            " specified.",
            code="InvalidParameterCombination",
        ),
        _put({}),
        told(
            "A datum without a value is one of 0.",
            "InvalidParameterCombination.",
            "Reported: InvalidParameterCombination, and: At least one of the parameters Value and"
            " StatisticValues must be specified (AdRoll/goamz pull request 301). MetricDatum has no"
            " default of Value.",
            "MetricDatum",
        ),
    ),
    Known(
        "how large a value may be",
        takes("PutMetricData", "InvalidParameterValue", _too_large),
        _put({"Value": 2.0**361}),
        told(
            "Infinity, and 2^361, are taken.",
            "InvalidParameterValue.",
            "Values must be in the range of -2^360 to 2^360; special values (for example, NaN,"
            " +Infinity, -Infinity) are not supported.",
            "MetricDatum",
        ),
    ),
    Known(
        "how a value that is none is told",
        lambda exchange: (
            words("PutMetricData", "InvalidParameterValue", _no_numbers)(exchange)
            and exchange.ours.message == exchange.theirs.message.replace("nan", "NaN")
        ),
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
        takes("PutMetricData", "InvalidParameterCombination", _two_ways),
        _put({"Values": [1.0], "StatisticValues": _SET}),
        told(
            "The set is left out where there are several values, or one of 0.",
            "InvalidParameterCombination, as moto itself answers to a value that is not 0.",
            "InvalidParameterCombination: parameters were used together that cannot be used together;"
            " which those are is not documented.",
            "PutMetricData",
        ),
    ),
    Known(
        "a set has samples",
        _refused(
            lambda datum: datum.get("StatisticValues", _SET)["SampleCount"] <= 0,
            "The parameter @.StatisticValues.SampleCount must be greater than 0.",
        ),
        _put({"StatisticValues": {**_SET, "SampleCount": 0}}),
        told(
            "A set of no samples is taken; it has no average.",
            "InvalidParameterValue.",
            "SampleCount is the number of samples used for the statistic set; of none, nothing is said.",
            "StatisticSet",
            right="either",
        ),
    ),
    Known(
        "how long a dimension may be",
        takes("PutMetricData", "InvalidParameterValue", _of_dimensions(too_long)),
        _put({"Value": 1, "Dimensions": [{"Name": "n", "Value": "x" * 1_025}]}),
        told(
            "A dimension's value of 1025 characters is taken.",
            "InvalidParameterValue.",
            "Name: Maximum length of 255. Value: Maximum length of 1024.",
            "Dimension",
        ),
    ),
    Known(
        "what a dimension is written in",
        takes("PutMetricData", "InvalidParameterValue", _of_dimensions(wrongly_written)),
        _put({"Value": 1, "Dimensions": [{"Name": "n", "Value": "\xe9"}]}),
        told(
            "A dimension may be blank, of letters beyond ASCII, or begin with a colon.",
            "InvalidParameterValue.",
            "Dimension names and values must contain only ASCII characters, must include at least one"
            " non-whitespace character, and names cannot start with a colon (:).",
            "Dimension",
        ),
    ),
    Known(
        "how many dimensions there may be",
        _refused(
            lambda datum: len(datum.get("Dimensions", ())) > 30,
            "The collection @.Dimensions must not have a size greater than 30.",
        ),
        _put({"Value": 1, "Dimensions": [{"Name": f"n{n}", "Value": "x"} for n in range(31)]}),
        told(
            "A metric may have 31 dimensions.",
            "InvalidParameterValue.",
            "You can use up to 30 dimensions per metric.",
            "PutMetricData",
        ),
    ),
    Known(
        "how many metrics a call carries",
        takes(
            "PutMetricData",
            "InvalidParameterValue",
            where(
                lambda given: len(given["MetricData"]) > 1_000,
                "The collection MetricData must not have a size greater than 1000.",
            ),
        ),
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
        _refused(
            lambda datum: len(datum.get("Values", ())) > 150,
            "The collection @.Values must not have a size greater than 150.",
        ),
        _put({"Values": [float(n) for n in range(151)]}),
        told(
            "151 values are taken.",
            "InvalidParameterValue.",
            "You can include up to 150 unique values in each PutMetricData action that specifies a"
            " Values array.",
            "MetricDatum",
        ),
    ),
    Known(
        "data must be given",
        takes(
            "PutMetricData",
            "MissingParameter",
            where(
                lambda given: "MetricData" not in given, "The parameter MetricData is required."
            ),
        ),
        calls(("PutMetricData", {"Namespace": "Fans"})),
        told(
            "A call without data is taken.",
            "MissingParameter.",
            "Use MetricData if your metrics do not contain associated entities; what a call with"
            " neither gets is not documented.",
            "PutMetricData",
            right="either",
        ),
    ),
)
