"""The expectations about something that can be seen at any instant, by the word for each."""

from harness.scenarios.expectations.answer import Answer
from harness.scenarios.expectations.http import Http
from harness.scenarios.expectations.invocations import Invocations
from harness.scenarios.expectations.item import Item
from harness.scenarios.expectations.journal import Journal
from harness.scenarios.expectations.log import Log
from harness.scenarios.expectations.metric import Metric
from harness.scenarios.expectations.metrics import Metrics
from harness.scenarios.expectations.object import Object
from harness.scenarios.expectations.partner import Partner
from harness.scenarios.expectations.queue import Queue
from harness.scenarios.expectations.result import Result
from harness.scenarios.expectations.stream import Stream
from harness.scenarios.expectations.table import Table
from harness.scenarios.shapes.written import Written

OBSERVABLE: dict[str, type[Written]] = {
    "item": Item,
    "table": Table,
    "object": Object,
    "partner": Partner,
    "http": Http,
    "result": Result,
    "invocations": Invocations,
    "metric": Metric,
    "metrics": Metrics,
    "queue": Queue,
    "stream": Stream,
    "answer": Answer,
    "log": Log,
    "journal": Journal,
}
