"""What the simulation has and a deployed stack has not: asking for it names the feature."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from typing_extensions import override

from harness.backends.lacking import LackingError


class AbsentPartners(Mapping[str, Any]):
    """The partners are real there, or whatever the stack's parameters name."""

    @override
    def __getitem__(self, name: str) -> NoReturn:
        raise LackingError("aws", f"the faked partner {name!r}")

    @override
    def get(self, name: str, default: Any = None) -> NoReturn:
        """Refuse."""
        raise LackingError("aws", f"the faked partner {name!r}")

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(())

    @override
    def __len__(self) -> int:
        return 0


class AbsentFaults:
    """Nothing goes wrong there on purpose."""

    def inject(self, rule: Any) -> NoReturn:  # noqa: ARG002 - the protocol of the injector
        """Refuse."""
        raise LackingError("aws", "faults on purpose")

    def clear(self) -> None:
        """There are none."""


class AbsentQueues:
    """SQS shows a message only to who receives it, which would take it from its function."""

    @property
    def queues(self) -> NoReturn:
        """Refuse."""
        raise LackingError("aws", "looking into a queue without receiving")
