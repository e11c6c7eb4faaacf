"""A Lambda function's configuration, as the template declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from harness.kernel.instant import Duration, hours, seconds


@dataclass(frozen=True, slots=True)
class DestinationConfiguration:
    """Where a failed event or batch goes: the ARN of a queue, bucket or function."""

    arn: str
    kind: Literal["sqs", "s3", "lambda", "sns"]


@dataclass(frozen=True, slots=True)
class AsynchronousConfiguration:
    """What Lambda does with an asynchronous event that fails."""

    maximum_retry_attempts: int = 2
    maximum_event_age: Duration = field(default=hours(6))
    on_success: DestinationConfiguration | None = None
    on_failure: DestinationConfiguration | None = None
    dead_letter: DestinationConfiguration | None = None
    given: tuple[str, ...] | None = None
    """Which of the numbers an EventInvokeConfig names, as AWS spells them; None where there is no
    such configuration.  Lambda shows what was given, and leaves out what has its default."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function: where its code lies and how Lambda runs it."""

    name: str
    """The function's name: `FunctionName`, or the logical id where none is given."""
    logical_id: str
    code: Path
    """The folder that becomes /var/task."""
    handler: str
    """``package.module.function``, as in the template."""
    environment: Mapping[str, str] = field(default_factory=dict)
    timeout: Duration = field(default=seconds(3))
    memory_mb: int = 128
    reserved_concurrency: int | None = None
    asynchronous: AsynchronousConfiguration = field(default_factory=AsynchronousConfiguration)
    description: str = ""
    """What the template says it does."""
