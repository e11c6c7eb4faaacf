"""What may be asked, and how TeleSign's answer is read."""

import hmac
import re
from collections.abc import Mapping
from typing import Any

from workers.errors import PermanentError, RetryableError
from workers.handlers.lookup_phone_score.shapes import PhoneScore, Question

_is_phone_number = re.compile(r"\+?[1-9][0-9]{6,14}").fullmatch

_COMPLETED = frozenset({300, 301})
"""TeleSign's codes for an answer, whole or in part."""


def question_of(arguments: Mapping[str, Any]) -> Question:
    """Return what is asked; raises PermanentError unless exactly one argument is given."""
    phone_number = arguments.get("phoneNumber")
    member_id = arguments.get("memberId")
    if bool(phone_number) == bool(member_id):
        raise PermanentError("give either phoneNumber or memberId")
    return Question(str(phone_number or ""), str(member_id or ""))


def digits_of(phone_number: str) -> str:
    """Return the digits of an E.164 number; raises PermanentError that does not repeat it."""
    compact = re.sub(r"[\s().-]", "", phone_number)
    if _is_phone_number(compact) is None:
        raise PermanentError("the phone number is not in international form")
    return compact.removeprefix("+")


def subject_of(question: Question, digits: str, key: str) -> str:
    """Return what verificationsTable files the look-up under: never the number itself.

    Numbers are few: whoever reads the table could try them all against a plain digest, so this
    one takes a *key* that is not in the table.  Raises PermanentError when there is none.
    """
    if question.member_id:
        return question.member_id
    if not key:
        raise PermanentError("PHONE_DIGEST_KEY is not set")
    return f"phone:{hmac.digest(key.encode(), digits.encode(), 'sha256').hex()}"


def phone_score(document: Mapping[str, Any]) -> PhoneScore:
    """Return the score in TeleSign's answer.

    Its own status code decides, not HTTP's.  Raises RetryableError when there is no score.
    """
    match document:
        case {
            "reference_id": str() as reference_id,
            "status": {"code": int() as code},
            "risk": {
                "score": int() as score,
                "level": str() as level,
                "recommendation": str() as recommendation,
            },
        } if code in _COMPLETED:
            return PhoneScore(
                reference_id,
                score,
                level,
                recommendation,
                _text(document, "phone_type", "description"),
                _text(document, "carrier", "name"),
            )
        case {"status": {"code": int() as code}}:
            raise RetryableError(f"telesign gave no score: status {code}")
        case _:
            raise RetryableError("telesign answered something else than a score")


def _text(document: Mapping[str, Any], name: str, part: str) -> str | None:
    value = (document.get(name) or {}).get(part)
    return value if isinstance(value, str) else None
