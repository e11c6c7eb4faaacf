"""A message move task, as it is remembered and named."""

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Any

from harness.kernel.instant import Instant
from harness.services.sqs.errors import invalid_parameter


@dataclass(frozen=True, slots=True)
class MoveTask:
    """A task that is over; *failure* says why some messages stayed."""

    task_id: str
    source_arn: str
    destination_arn: str | None
    started: Instant
    found: int
    moved: int
    failure: str | None

    @property
    def handle(self) -> str:
        """The text by which callers name the task."""
        text = json.dumps({"taskId": self.task_id, "sourceArn": self.source_arn})
        return b64encode(text.encode()).decode()


def read_handle(handle: str) -> tuple[str, str]:
    """Return the task's id and its source's ARN, or raise AWS's error."""
    try:
        content: Any = json.loads(b64decode(handle, validate=True))
        return str(content["taskId"]), str(content["sourceArn"])
    except (Base64Error, ValueError, KeyError, TypeError):
        raise invalid_parameter("Value for parameter TaskHandle is invalid.") from None
