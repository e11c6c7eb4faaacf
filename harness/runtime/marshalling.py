"""A handler's answer on its way out: what it looks like after a round through JSON.

Source: the encoder of the AWS Lambda runtime interface client for Python, which is simplejson's.
"""

import json
import math
from decimal import Decimal
from typing import Any

RESPONSE_BYTES_MAX = 6_291_556


class _Encoder(json.JSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, Decimal):
            return math.nan if o.is_nan() else float(o)
        return super().default(o)


def _is_named(answer: tuple[Any, ...]) -> bool:
    """Whether it is a named tuple, of which simplejson makes an object."""
    return callable(getattr(answer, "_asdict", None))


def _plain(answer: Any) -> Any:
    """Return *answer* with objects for named tuples and texts for bytes, as simplejson takes them."""
    if isinstance(answer, dict):
        return {key: _plain(value) for key, value in answer.items()}
    if isinstance(answer, tuple) and _is_named(answer):
        members: Any = answer
        return _plain(members._asdict())
    if isinstance(answer, list | tuple):
        return [_plain(member) for member in answer]
    return answer.decode() if isinstance(answer, bytes) else answer


# Made here: code under test may have put other functions into `json`.
_encoder = _Encoder(ensure_ascii=False)
_decoder = json.JSONDecoder()


def marshalled(answer: Any) -> str:
    """Return *answer* as JSON text; raises whatever its classes raise for what is no JSON."""
    return _encoder.encode(_plain(answer))


def unmarshalled(text: str) -> Any:
    """Return what a caller reads out of the text."""
    return _decoder.decode(text)
