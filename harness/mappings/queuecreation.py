"""What AWS checks when a mapping on a queue is created."""

from harness.kernel.instant import Duration, in_seconds, seconds
from harness.mappings.mapping import Mapping
from harness.mappings.refusals import refused_setting

_MESSAGES_MAX = 10
"""What one ReceiveMessage returns at most, and so a batch without a window."""


def check_queue_mapping(
    mapping: Mapping, *, is_fifo: bool, visibility_timeout: Duration, function_timeout: Duration
) -> None:
    """Raise AWS's ``InvalidParameterValueException`` for a mapping that it refuses."""
    check_queue_settings(mapping, is_fifo=is_fifo)
    if visibility_timeout < function_timeout:
        raise refused_setting(
            f"Queue visibility timeout: {in_seconds(visibility_timeout):.0f} seconds is less than "
            f"Function timeout: {in_seconds(function_timeout):.0f} seconds"
        )


def check_queue_settings(mapping: Mapping, *, is_fifo: bool) -> None:
    """Raise the same for what a mapping's own settings get wrong, whatever its queue is like."""
    if mapping.batching_window and is_fifo:
        raise refused_setting("Batching window is not supported for FIFO queues")
    if mapping.batch_size > _MESSAGES_MAX and not mapping.batching_window:
        raise refused_setting(
            "Maximum batch window in seconds must be greater than 0 "
            "if maximum batch size is greater than 10"
        )
    if mapping.on_failure is not None:
        raise refused_setting(
            "Unsupported DestinationConfig parameter for given event source mapping type."
        )


def effective_visibility_timeout(
    *, visibility_timeout: Duration, batching_window: Duration, function_timeout: Duration
) -> Duration:
    """Return how long received messages stay hidden.

    A window that would outlast the queue's own timeout makes Lambda ask for a longer one.
    """
    if batching_window and batching_window + function_timeout > visibility_timeout:
        return Duration(batching_window + function_timeout + seconds(30))
    return visibility_timeout
