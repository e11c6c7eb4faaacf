"""One record of a table's change stream."""

from msgspec.json import encode

from harness.kernel.instant import Instant
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.itemsize import item_size

FIRST_SEQUENCE_NUMBER = 100_000_000_000_000_000_000
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1

UserIdentity = dict[str, str]


class StreamRecord:
    """One change of one item.  The images are the engine's own: nobody may change them."""

    __slots__ = (
        "_number",
        "_prefix",
        "_size",
        "_text_size",
        "created",
        "event_name",
        "keys",
        "new_image",
        "old_image",
        "user_identity",
    )

    def __init__(  # noqa: PLR0913, PLR0917 - made once a change: keywords would cost
        self,
        keys: Item,
        old_image: Item | None,
        new_image: Item | None,
        event_name: str,
        created: Instant,
        number: int,
        prefix: str,
        user_identity: UserIdentity | None = None,
    ) -> None:
        self.keys = keys
        self.old_image = old_image
        self.new_image = new_image
        self.event_name = event_name
        """``INSERT``, ``MODIFY`` or ``REMOVE``."""
        self.created = created
        """When the item changed, to the microsecond."""
        self.user_identity = user_identity
        """``{"Type", "PrincipalId"}`` of the service that deleted the item, else None."""
        self._number = number
        self._prefix = prefix
        self._size = -1
        self._text_size = -1

    @property
    def sequence_number(self) -> str:
        """A decimal text that rises with every change of the table."""
        return str(FIRST_SEQUENCE_NUMBER + self._number)

    @property
    def event_id(self) -> str:
        """32 hexadecimal digits that no other record has."""
        return f"{self._prefix}{self._number * _MIX & _MASK:016x}"

    @property
    def approximate_creation_seconds(self) -> int:
        """``ApproximateCreationDateTime``: seconds since 1970, cut."""
        return self.created // 1_000_000

    @property
    def size_bytes(self) -> int:
        """``SizeBytes``: the keys and the images that the record shows."""
        if self._size < 0:
            self._size = sum(
                item_size(image)
                for image in (self.keys, self.old_image, self.new_image)
                if image is not None
            )
        return self._size

    @property
    def text_size(self) -> int:
        """How many bytes the keys and both images take as compact JSON."""
        if self._text_size < 0:
            self._text_size = len(encode((self.keys, self.old_image, self.new_image)))
        return self._text_size
