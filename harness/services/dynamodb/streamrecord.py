"""One record of a table's change stream."""

from msgspec.json import encode

from harness.kernel.instant import Instant
from harness.services.dynamodb.attributevalues import Item
from harness.services.dynamodb.itemsize import item_size
from harness.services.dynamodb.keyschema import KeySchema, PrimaryKey
from harness.services.dynamodb.storeditems import StoredItem

FIRST_SEQUENCE_NUMBER = 100_000_000_000_000_000_000
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1

UserIdentity = dict[str, str]


class StreamRecord:
    """One change of one item.  The images are the engine's own: nobody may change them."""

    __slots__ = (
        "_new",
        "_number",
        "_old",
        "_prefix",
        "_schema",
        "_size",
        "_text_size",
        "created",
        "event_name",
        "primary_key",
        "user_identity",
    )

    def __init__(  # noqa: PLR0913, PLR0917 - made once a change: keywords would cost
        self,
        schema: KeySchema,
        primary_key: PrimaryKey,
        old: StoredItem | None,
        new: StoredItem | None,
        event_name: str,
        created: Instant,
        number: int,
        prefix: str,
        user_identity: UserIdentity | None = None,
    ) -> None:
        self._schema = schema
        self.primary_key = primary_key
        self._old = old
        self._new = new
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

    def showing(self, *, has_old: bool, has_new: bool) -> "StreamRecord":
        """Return the record as a stream shows it that shows not both images."""
        return StreamRecord(
            self._schema,
            self.primary_key,
            self._old if has_old else None,
            self._new if has_new else None,
            self.event_name,
            self.created,
            self._number,
            self._prefix,
            self.user_identity,
        )

    @property
    def keys(self) -> Item:
        """The key attributes of the item."""
        return self._schema.attributes_from(self.primary_key)

    @property
    def old_image(self) -> Item | None:
        """The item before, where there was one and the record shows it."""
        return None if self._old is None else self._old.item

    @property
    def new_image(self) -> Item | None:
        """The item after, where there is one and the record shows it."""
        return None if self._new is None else self._new.item

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
