"""What all kinds of expression share: paths, placeholders, and the faults found on the way.

AWS reports the fault that ranks highest, not the first from the left.  So the reader notes
faults by rank while it parses, and `Reader.check` raises the worst one; a syntax error is
raised on the spot and beats them all.
"""

from collections.abc import Mapping

from harness.services.dynamodb.expressions.nodes import PathParts, Placeholder
from harness.services.dynamodb.expressions.reservedwords import is_reserved
from harness.services.dynamodb.expressions.tokens import Tokens

OPERATORS_MAX = 300


class Reader:
    """Tokens, the names they may use, and what was seen of both."""

    def __init__(
        self, parameter: str, expression: str, names: Mapping[str, str], defined: frozenset[str]
    ) -> None:
        self.tokens = Tokens(parameter, expression)
        self.used_names: set[str] = set()
        self.used_values: set[str] = set()
        self.paths: list[PathParts] = []
        self.operator_count = 0
        self._names = names
        self._defined = defined
        self._faults: dict[str, str] = {}

    def note(self, rank: str, fault: str) -> None:
        """Remember *fault* unless one of the same *rank* came before."""
        self._faults.setdefault(rank, fault)

    def check(self, *ranks: str) -> None:
        """Raise the noted fault whose rank comes first in *ranks*."""
        if self.operator_count > OPERATORS_MAX:
            raise self.tokens.problem(
                "The expression contains too many operators; "
                f"operator count: {self.operator_count}"
            )
        for rank in ranks:
            if rank in self._faults:
                raise self.tokens.problem(self._faults[rank])

    def path(self) -> PathParts:
        """Read ``ident ( "." ident | "[" digits "]" )*``."""
        tokens = self.tokens
        parts: list[str | int] = [self._identifier()]
        while True:
            if tokens.take_sign("."):
                parts.append(self._identifier())
            elif tokens.is_sign("["):
                tokens.advance()
                if tokens.current.kind != "number":
                    tokens.fail()
                parts.append(int(tokens.advance().text))
                tokens.expect_sign("]")
            else:
                break
        path = tuple(parts)
        self.paths.append(path)
        return path

    def placeholder(self) -> Placeholder:
        """Read ``:value``."""
        if self.tokens.current.kind != "value":
            self.tokens.fail()
        name = self.tokens.advance().text
        if name in self._defined:
            self.used_values.add(name)
        else:
            self.note(
                "placeholder",
                "An expression attribute value used in expression is not defined; "
                f"attribute value: {name}",
            )
        return Placeholder(name)

    def _identifier(self) -> str:
        token = self.tokens.current
        if token.kind == "word":
            self.tokens.advance()
            if is_reserved(token.text):
                self.note(
                    "reserved",
                    "Attribute name is a reserved keyword; reserved keyword: " + token.text,
                )
            return token.text
        if token.kind != "name":
            self.tokens.fail()
        self.tokens.advance()
        name = self._names.get(token.text)
        if name is None:
            self.note(
                "name",
                "An expression attribute name used in the document path is not defined; "
                f"attribute name: {token.text}",
            )
            return token.text
        self.used_names.add(token.text)
        return name
