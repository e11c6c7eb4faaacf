"""The characters that a message may hold: those that XML 1.0 can (SQS API reference, "SendMessage")."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

REFUSAL = (
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | "
    "#x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"
)


def are_allowed(text: str) -> bool:
    """Whether all characters of *text* may be sent."""
    return _FORBIDDEN.search(text) is None
