"""ServiceError: what AWS would answer.  The gateway alone turns it into a botocore exception."""

from collections.abc import Mapping
from typing import Any


class ServiceError(Exception):
    """An error answer of AWS: its code and its message, letter for letter.

    *fields* stand beside ``Error`` in the parsed response, for example ``CancellationReasons``
    or ``Item``; *error_fields* stand inside ``Error``, for example S3's ``Key``; *headers*
    among the answer's headers.
    """

    def __init__(  # noqa: PLR0913 - everything an error answer can say, all named
        self,
        code: str,
        message: str,
        *,
        status: int = 400,
        fields: Mapping[str, Any] | None = None,
        error_fields: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.fields = dict(fields or {})
        self.error_fields = dict(error_fields or {})
        self.headers = dict(headers or {})
