"""What lookupPhoneScore asks and answers.  No repr of these shows a phone number."""

from typing import Any

import msgspec


class Question(msgspec.Struct, frozen=True):
    """Whose phone is looked up: one of the two is given."""

    phone_number: str = ""
    member_id: str = ""

    def __repr__(self) -> str:
        """Leave the phone number out."""
        return f"Question(member_id={self.member_id!r})"


class PhoneScore(msgspec.Struct, frozen=True):
    """TeleSign's judgement."""

    reference_id: str
    score: int
    """From 0, no risk, to 1000."""
    level: str
    recommendation: str
    """``allow``, ``flag`` or ``block``."""
    phone_type: str | None
    carrier: str | None

    def answer(self) -> dict[str, Any]:
        """Return the value of the GraphQL field."""
        return {
            "referenceId": self.reference_id,
            "score": self.score,
            "level": self.level,
            "recommendation": self.recommendation,
            "phoneType": self.phone_type,
            "carrier": self.carrier,
        }
