"""What lookupPhoneScore asks and answers.  No repr of these shows a phone number."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """Whose phone is looked up: one of the two is given."""

    phone_number: str = field(default="", repr=False)
    member_id: str = ""


@dataclass(frozen=True, slots=True)
class PhoneScore:
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
