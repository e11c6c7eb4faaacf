"""A handler's answer on its way out: what it looks like after a round through JSON.

Source: the encoder of the AWS Lambda runtime interface client for Python.
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


def marshalled(answer: Any) -> str:
    """Return *answer* as JSON text; raises `TypeError` or `ValueError` for what is no JSON."""
    return json.dumps(answer, ensure_ascii=False, cls=_Encoder)
