"""What the end of an invocation means for the batch of a stream that it was given."""

from dataclasses import dataclass
from typing import Literal

from harness.mappings.mapping import Mapping
from harness.mappings.partialbatch import InvalidReportError, first_failure
from harness.mappings.segment import Segment
from harness.mappings.tumbling import returned_state
from harness.runtime.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a batch fared.

    * success    all of it is done
    * partial    what stands before *first_failure* is done, the rest is delivered again
    * failed     none of it is done
    * throttled  it never ran, so no retry is used up
    """

    kind: Literal["success", "partial", "failed", "throttled"]
    reason: str = ""
    first_failure: int = 0
    function_error: str | None = None
    """As the failure record will say: ``Unhandled``, or None for a failure that was reported."""


_SUCCESS = Verdict("success")
_THROTTLED = Verdict("throttled", "throttled")
_FUNCTION_ERROR = Verdict("failed", "function error", function_error="Unhandled")


def verdict(outcome: Outcome, segment: Segment, mapping: Mapping, *, needs_state: bool) -> Verdict:
    """Return what *outcome* says about *segment* under the settings of *mapping*.

    A batch of a tumbling window *needs_state* in its answer, whatever the settings are by now.
    """
    if outcome.kind == "throttled":
        return _THROTTLED
    if outcome.kind == "failed":
        return _FUNCTION_ERROR
    if segment.is_final:
        return _SUCCESS
    if needs_state and returned_state(outcome.payload) is None:
        return Verdict("failed", "the response has no state")
    return _report(outcome, segment) if mapping.report_batch_item_failures else _SUCCESS


def _report(outcome: Outcome, segment: Segment) -> Verdict:
    """Return what the answer reports about the records of the batch."""
    sequence_numbers = [record.sequence_number for record in segment.records]
    try:
        index = first_failure(outcome.payload, sequence_numbers)
    except InvalidReportError as error:
        return Verdict("failed", str(error))
    if index is None:
        return _SUCCESS
    return Verdict("partial", "batch item failures", first_failure=index)
