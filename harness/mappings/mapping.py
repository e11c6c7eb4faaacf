"""An event source mapping's configuration, as the template declares it."""

from dataclasses import dataclass, field
from typing import Literal

from harness.kernel.instant import Duration, Instant
from harness.runtime.function import DestinationConfiguration

SourceKind = Literal["kinesis", "dynamodb", "sqs"]


@dataclass(frozen=True, slots=True)
class Mapping:
    """One event source mapping.  None stands for AWS's -1: without a limit."""

    logical_id: str
    function_name: str
    source_kind: SourceKind
    source_name: str
    """The stream's, table's or queue's name."""
    source_arn: str
    batch_size: int
    batching_window: Duration = field(default=Duration(0))
    starting_position: Literal["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"] = "TRIM_HORIZON"
    starting_timestamp: Instant | None = None
    maximum_retry_attempts: int | None = None
    maximum_record_age: Duration | None = None
    bisect_batch_on_function_error: bool = False
    parallelization_factor: int = 1
    tumbling_window: Duration = field(default=Duration(0))
    report_batch_item_failures: bool = False
    filters: tuple[str, ...] = ()
    """Event patterns as JSON text; a record passes if any matches."""
    on_failure: DestinationConfiguration | None = None
    maximum_concurrency: int | None = None
    is_enabled: bool = True


@dataclass(frozen=True, slots=True)
class BucketNotification:
    """One event notification of a bucket to a function or a queue."""

    bucket_name: str
    events: tuple[str, ...]
    """``s3:ObjectCreated:*`` ..."""
    prefix: str = ""
    suffix: str = ""
    function_name: str | None = None
    queue_arn: str | None = None
    configuration_id: str = field(default="")
