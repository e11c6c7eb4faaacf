"""Calls of Kinesis, with sequence numbers as long as AWS's."""

from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from harness.backends.remote.connection import Connection
from harness.backends.remote.kinesis.numbers import (
    is_short,
    with_shown_numbers,
    with_told_numbers,
)
from harness.services.base.service import Output


class KinesisConnection(Connection):
    """Kinesis of the backend."""

    @override
    def call(self, operation: str, parameters: Mapping[str, Any]) -> Output:
        """Carry out *operation*; raises `ServiceError`."""
        output = super().call(operation, with_told_numbers(parameters))
        number = output.get("SequenceNumber") or _first_number(output)
        if number is not None and is_short(number):
            self.findings.note("kinesis.short-sequence-numbers")
        shown: Output = with_shown_numbers(output)
        return shown


def _first_number(output: Output) -> str | None:
    records = output.get("Records", ())
    return records[0].get("SequenceNumber") if records else None
