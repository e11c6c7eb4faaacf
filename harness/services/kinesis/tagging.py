"""The tags of a stream or a consumer: what they may be.

Texts: kinesalite's recordings of AWS; the number of tags is today's.
"""

import re
from collections.abc import Iterable, Mapping

from harness.services.kinesis.errors import broken, invalid_argument

TAGS_MAX = 50
_KEY_MAX, _VALUE_MAX = 128, 256
_VALID = re.compile(r"[\u00C0-\u1FFF\u2C00-\uD7FF\w./\-=+ @%:]*")


def check_tags(
    tags: Mapping[str, str], present: Mapping[str, str], *, resource: str, account_id: str
) -> None:
    """Raise AWS's error for tags that cannot be added to those of *resource*."""
    _check_lengths(tags, tags.keys(), "keys", 1, _KEY_MAX)
    _check_lengths(tags, tags.values(), "value", 0, _VALUE_MAX)
    texts = [*tags.keys(), *tags.values()]
    if not all(map(_VALID.fullmatch, texts)):
        raise invalid_argument(
            "Some tags contain invalid characters. Valid characters: Unicode letters, digits, "
            "white space, _ . / = + - % @ :."
        )
    if any("%" in text for text in texts):
        raise invalid_argument(
            f"Failed to add tags to {resource} under account {account_id} because some tags "
            "contained illegal characters. The allowed characters are Unicode letters, "
            "white-spaces, '_',',','/','=','+','-','@',':'."
        )
    if len(tags.keys() | present.keys()) > TAGS_MAX:
        raise invalid_argument(
            f"Failed to add tags to {resource} under account {account_id} because a given stream "
            f"cannot have more than {TAGS_MAX} tags associated with it."
        )


def _check_lengths(
    tags: Mapping[str, str], texts: Iterable[str], part: str, lowest: int, highest: int
) -> None:
    if all(lowest <= len(text) <= highest for text in texts):
        return
    shown = ", ".join(f"{key}={value}" for key, value in tags.items())
    raise broken(
        f"{{{shown}}}",
        "tags",
        f"Map {part} must satisfy constraint: [Member must have length less than or equal to "
        f"{highest}, Member must have length greater than or equal to {lowest}]",
    )
