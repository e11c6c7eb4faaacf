"""A dictionary of headers that is written out when somebody looks: hardly anybody ever does."""

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any

from typing_extensions import override

REQUEST_ID = "x-amzn-requestid"


class LazyHeaders(dict[str, str]):
    """What *write* makes of *output*; it is asked once, at the first look."""

    __slots__ = ("_output", "_request_id", "_write")

    def __init__(
        self,
        write: Callable[[Mapping[str, Any], str], dict[str, str]],
        output: Mapping[str, Any],
        request_id: str,
    ) -> None:
        # Never empty: the encoder of JSON looks at the size alone before it asks for anything.
        super().__setitem__(REQUEST_ID, request_id)
        self._write = write
        self._output: Mapping[str, Any] | None = output
        self._request_id = request_id

    def _written(self) -> None:
        if self._output is not None:
            output, self._output = self._output, None
            self.update(self._write(output, self._request_id))

    @override
    def __getitem__(self, name: str) -> str:
        self._written()
        return super().__getitem__(name)

    @override
    def get(self, name: str, default: Any = None) -> Any:
        """Return a header, or *default*."""
        self._written()
        return super().get(name, default)

    @override
    def __contains__(self, name: object) -> bool:
        self._written()
        return super().__contains__(name)

    @override
    def __iter__(self) -> Iterator[str]:
        self._written()
        return super().__iter__()

    @override
    def __len__(self) -> int:
        self._written()
        return super().__len__()

    @override
    def keys(self) -> KeysView[str]:  # type: ignore[override]  # the view of a plain dictionary
        """Return the names."""
        self._written()
        return super().keys()

    @override
    def values(self) -> ValuesView[str]:  # type: ignore[override]  # as above
        """Return the texts."""
        self._written()
        return super().values()

    @override
    def items(self) -> ItemsView[str, str]:  # type: ignore[override]  # as above
        """Return names and texts."""
        self._written()
        return super().items()

    @override
    def __eq__(self, other: object) -> bool:
        self._written()
        return super().__eq__(other)

    @override
    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None

    @override
    def __repr__(self) -> str:
        self._written()
        return super().__repr__()

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle as a plain dictionary."""
        self._written()
        return dict, (list(self.items()),)
