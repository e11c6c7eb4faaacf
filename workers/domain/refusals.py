"""What was refused, counted by reason, with a few places to look at and no values."""

PLACES_MAX = 20


class Refusals:
    """Counts refusals by reason; a place is a line or sequence number."""

    def __init__(self) -> None:
        self.count = 0
        self._reasons: dict[str, int] = {}
        self._places: list[str] = []

    def add(self, reason: str, place: object) -> None:
        """Count one refusal."""
        self.count += 1
        self._reasons[reason] = self._reasons.get(reason, 0) + 1
        if len(self._places) < PLACES_MAX:
            self._places.append(str(place))

    def summary(self) -> dict[str, object]:
        """Return what a log line says about them."""
        return {"refused": self.count, "reasons": self._reasons, "first_places": self._places}
