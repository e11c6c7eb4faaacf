"""NextToken: an opaque text that says where a list goes on, good for 300 seconds."""

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from typing import Any

from harness.kernel.instant import Duration, Instant, seconds
from harness.services.base.errors import ServiceError
from harness.services.kinesis.errors import invalid_argument

LIFETIME: Duration = seconds(300)


def encoded(place: list[Any], now: Instant) -> str:
    """Return the token of a list that goes on at *place*."""
    return b64encode(json.dumps([now, *place]).encode()).decode()


def decoded(token: str, now: Instant, count: int) -> list[Any]:
    """Return the *count* parts of the place in *token*, or raise AWS's error."""
    try:
        issued, *place = json.loads(b64decode(token, validate=True))
        age = now - issued
    except (Base64Error, ValueError, TypeError):
        raise invalid_argument("Invalid NextToken.") from None
    if len(place) != count:
        raise invalid_argument("Invalid NextToken.")
    if age > LIFETIME:
        raise ServiceError(
            "ExpiredNextTokenException",
            "The pagination token passed to the operation is expired.",
        )
    return list(place)
