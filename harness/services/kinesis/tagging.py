"""The tags of a stream or a consumer: what they may be.

Texts: kinesalite's recordings of AWS; the number of tags is today's.
"""

import re
from collections.abc import Mapping

from harness.services.kinesis.errors import invalid, invalid_argument

TAGS_MAX = 50
_KEY_MAX, _VALUE_MAX = 128, 256
_VALID = re.compile(r"[\u00C0-\u1FFF\u2C00-\uD7FF\w./\-=+ @%:]*")


def check_tags(
    tags: Mapping[str, str], present: Mapping[str, str], *, resource: str, account_id: str
) -> None:
    """Raise AWS's error for tags that cannot be added to those of *resource*."""
    for key, value in tags.items():
        _check_length(key, "key", 1, _KEY_MAX)
        _check_length(value, "value", 0, _VALUE_MAX)
        if _VALID.fullmatch(key) is None or _VALID.fullmatch(value) is None:
            raise invalid_argument(
                "Some tags contain invalid characters. Valid characters: Unicode letters, digits, "
                "white space, _ . / = + - % @ :."
            )
    if len(tags.keys() | present.keys()) > TAGS_MAX:
        raise invalid_argument(
            f"Failed to add tags to {resource} under account {account_id} because a given stream "
            f"cannot have more than {TAGS_MAX} tags associated with it."
        )


def _check_length(text: str, part: str, lowest: int, highest: int) -> None:
    where = f"tags.member.{part}"
    if len(text) < lowest:
        raise invalid(text, where, f"have length greater than or equal to {lowest}")
    if len(text) > highest:
        raise invalid(text, where, f"have length less than or equal to {highest}")
