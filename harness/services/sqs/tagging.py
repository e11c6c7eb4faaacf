"""A queue's tags: how many there may be.

Texts: moto's; LocalStack's recordings of AWS have none for tags.
"""

from collections.abc import Mapping

from harness.services.sqs.errors import invalid_parameter

_TAGS_MAX = 50


def require_room(queue_name: str, tags: Mapping[str, str]) -> None:
    """Raise AWS's error unless a queue may have *tags*, all of them together."""
    if len(tags) > _TAGS_MAX:
        raise invalid_parameter(f"Too many tags added for queue {queue_name}.")
